"""Which of a site's processes writes the log: this one, or another. There is one at a time, by the lock."""

import asyncio


class Lead:
    """Whether this process writes the log: from when it has the lock until another process is seen to have it.

    A writer that lost its connection still leads: it takes the lock again, and what waits for it is committed then.
    """

    def __init__(self) -> None:
        self._held, self._elsewhere = asyncio.Event(), asyncio.Event()

    @property
    def is_held(self) -> bool:
        return self._held.is_set()

    @property
    def is_elsewhere(self) -> bool:
        """Another process writes the log. A process that has just begun does not know yet."""
        return self._elsewhere.is_set()

    async def held(self) -> None:
        """Wait until this process writes the log."""
        await self._held.wait()

    async def elsewhere(self) -> None:
        """Wait until another process does."""
        await self._elsewhere.wait()

    def take(self) -> None:
        """This process has the lock."""
        self._elsewhere.clear()
        self._held.set()

    def leave(self) -> None:
        """Another process has it."""
        self._held.clear()
        self._elsewhere.set()
