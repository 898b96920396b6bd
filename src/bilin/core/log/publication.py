"""What the writer tells the other processes of its site on the bus: every entry, and now and then how far the log goes.

Entries are one message per commit, in parts when it is large, and told while there is a process that wants them: each
says so all the time (`WANT_S`). Whoever only has to know that the log grew hears its head instead, once a second: in a
quiet hour waking a process for each message costs more than all it does then. When a wish is lost, who made it hears
nothing, looks into the log every second, and wishes again.
"""

from collections.abc import Iterator, Sequence
from time import monotonic

from bilin.core.bus import MAX_PAYLOAD_BYTES, Bus
from bilin.core.log.entry import HEADER, Entry, pack_entries

HEAD_S = 1.0
"""Least time between two heads. One that comes after a quiet moment is told at once."""
WANT_S = 10.0
"""How often a process says that it wants entries."""
WANTED_S = 35.0
"""So long entries are told after somebody said that, and after the writer began: it has not heard anybody by then."""


def log_subject(site: int) -> str:
    """The subject on which a site's log appears."""
    return f"bilin.{site}.log"


def head_subject(site: int) -> str:
    """The subject on which a site tells how far its log goes: position and run, packed as `HEADER`."""
    return f"bilin.{site}.head"


def want_subject(site: int) -> str:
    """The subject on which processes of a site say that they want entries."""
    return f"bilin.{site}.log.want"


class Publication:
    """Tells what a writer committed, in order; what is lost here is found again by position."""

    def __init__(self, bus: Bus, site: int) -> None:
        self._bus, self._site = bus, site
        self._told_at = -HEAD_S
        self._wanted_at = monotonic()
        self._is_listening = False
        self._untold: tuple[int, int] | None = None

    async def begin(self) -> None:
        """This process begins to write."""
        self._wanted_at = monotonic()
        if not self._is_listening:
            self._is_listening = True
            await self._bus.subscribe(want_subject(self._site), self._on_wish)

    async def _on_wish(self, _: bytes) -> None:
        self._wanted_at = monotonic()

    async def publish(self, entries: Sequence[Entry], run: int) -> None:
        """Entries of one run."""
        if monotonic() - self._wanted_at < WANTED_S:
            for part in _parts(entries):
                await self._bus.publish(log_subject(self._site), pack_entries(part, run))
        self._untold = entries[-1].pos, run
        if self.head_due_s == 0:
            await self.tell_head()

    @property
    def head_due_s(self) -> float | None:
        """In how many seconds the head is to be told; None: it was."""
        return None if self._untold is None else max(0.0, self._told_at + HEAD_S - monotonic())

    async def tell_head(self) -> None:
        """How far the log goes, if that was not told."""
        if self._untold is not None:
            head, self._untold, self._told_at = self._untold, None, monotonic()
            await self._bus.publish(head_subject(self._site), HEADER.pack(*head))


def _parts(entries: Sequence[Entry]) -> Iterator[Sequence[Entry]]:
    start = size = 0
    for index, entry in enumerate(entries):
        names = len(entry.topics) + len(entry.subscribes) + len(entry.unsubscribes)
        weight = len(entry.frame) + len(entry.whole) + 16 * names + 64
        if size and size + weight > MAX_PAYLOAD_BYTES:
            yield entries[start:index]
            start, size = index, 0
        size += weight
    if entries:
        yield entries[start:]
