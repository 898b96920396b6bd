"""How long to wait before something is tried again: one way for everything that runs until stopped.

Jobs are tried again by the database (`core.jobs`), commands by whoever sent them (`core.commands`), browsers have their
own (`web/src/core/socket/backoff.ts`).
"""

import asyncio


class Backoff:
    """The waits between tries that failed: each twice as long as the one before, until it went well."""

    def __init__(self, first_s: float, longest_s: float, *, at_once: bool = False) -> None:
        """`at_once`: what failed for the first time is tried again without a wait."""
        self._first_s, self._longest_s, self._at_once = first_s, longest_s, at_once
        self.went_well()

    def went_well(self) -> None:
        """The next failure is a first one."""
        self._next_s = 0.0 if self._at_once else self._first_s

    def next_s(self) -> float:
        """The wait that is due now, in seconds."""
        wait_s, self._next_s = self._next_s, min(self._longest_s, 2 * self._next_s or self._first_s)
        return wait_s

    async def wait(self) -> None:
        """Wait it out."""
        await asyncio.sleep(self.next_s())


def while_away() -> Backoff:
    """For a server that is away and comes back: who waits for it is there soon after."""
    return Backoff(0.2, 1.0)
