"""Ids that are hybrid logical clock readings: 42 bits of milliseconds, 10 bits of node, 12 bits of counter.

An id is globally unique, sorts by time, and *is* the time. Comparing two ids decides "which was later" at every site.
Source: Kulkarni et al., "Logical Physical Clocks" (2014), packed into 64 bits.

Ids below zero are *derived* (`derived_id`): the same facts give the same id at every site, so that two sites that make
the same thing while cut off from each other make one thing. They carry no time.
"""

import hashlib
import time
from collections.abc import Callable
from typing import NamedTuple, TypeVar

from bilin.core.errors import BilinError

EPOCH_MS = 1_735_689_600_000  # 2025-01-01T00:00:00Z
NODE_BITS = 10
COUNTER_BITS = 12
MAX_NODE = (1 << NODE_BITS) - 1
MAX_COUNTER = (1 << COUNTER_BITS) - 1
TIME_SHIFT = NODE_BITS + COUNTER_BITS
MAX_AHEAD_MS = 5 * 60 * 1000
"""How far into the future an id from elsewhere may lie: a clock further off must not drag the others along."""


LOST_MS = 2000
"""At least this much later, and at most twice this, ids go on where the log is ahead of the clock by more than this:
less is many ids at once, and nobody restores a log so quickly."""


class Id(int):
    """A 64-bit id. In JSON it is a string, because a JavaScript number holds only 53 bits."""

    __slots__ = ()


class PersonId(Id):
    """A person of the organisation."""

    __slots__ = ()


class UnitId(Id):
    """A unit of the organisation tree: company, branch, department or team."""

    __slots__ = ()


class SessionId(Id):
    """One sign-in of one person on one device."""

    __slots__ = ()


class GrantId(Id):
    """A role given to a person over a unit subtree."""

    __slots__ = ()


class ConversationId(Id):
    """A direct or group conversation."""

    __slots__ = ()


class MessageId(Id):
    """A message; the id of the event that sent it."""

    __slots__ = ()


AnyId = TypeVar("AnyId", bound=Id)


class ClockAhead(BilinError):
    """An id from elsewhere lies too far in the future."""

    code = "core.clock_ahead"
    status = 409
    title = "An id lies too far in the future"
    hint = "Set the clock of the machine it came from (NTP), then try again."
    ahead_ms: int
    id: str | None = None


def wall_ms() -> int:
    """Milliseconds since the Unix epoch by this machine's clock."""
    return time.time_ns() // 1_000_000


def time_ms(identifier: int) -> int:
    """The time in an id, in milliseconds since the Unix epoch."""
    return (identifier >> TIME_SHIFT) + EPOCH_MS


def id_at(unix_ms: int) -> int:
    """The smallest id of a millisecond: for asking "everything since"."""
    return (unix_ms - EPOCH_MS) << TIME_SHIFT


def site_of(identifier: int) -> int:
    """The number of the site at which an id was made; without meaning for derived ids."""
    return (identifier >> COUNTER_BITS) & MAX_NODE


def derived_id(kind: str, *parts: int | str) -> int:
    """The id below zero that these facts always give (SHA-256, 63 bits)."""
    text = "\x1f".join([kind, *map(str, parts)])
    digest = hashlib.sha256(text.encode()).digest()
    return -(int.from_bytes(digest[:8], "big") >> 1) - 1


class Lane(NamedTuple):
    """The counters that one process of a site uses: two that make ids in the same millisecond never make the same."""

    first: int = 0
    last: int = MAX_COUNTER


WHOLE = Lane()
WRITER_LANE = Lane(0, (MAX_COUNTER >> 1))
"""Of the log writer, which makes nearly all ids of a site. There is one at a time."""
LANES = 64
"""How many processes of a site may make ids beside it."""


def lane_of(number: int) -> Lane:
    """The lane of a process by its number, 0 to `LANES` - 1."""
    if not 0 <= number < LANES:
        raise ValueError(f"a process has a number of 0..{LANES - 1}, not {number}")
    each = (MAX_COUNTER - WRITER_LANE.last) // LANES
    first = WRITER_LANE.last + 1 + number * each
    return Lane(first, first + each - 1)


class HybridClock:
    """Gives the next id; never behind any id it has given or observed.

    Not thread-safe: it belongs to one event loop.
    """

    def __init__(self, node: int, now_ms: Callable[[], int] = wall_ms, lane: Lane = WHOLE) -> None:
        """`lane`: that of the process; all counters where no other process makes ids of this node."""
        if not 0 <= node <= MAX_NODE:
            raise ValueError(f"node must be 0..{MAX_NODE}, not {node}")
        self.node = node
        self._now_ms = now_ms
        self._first, self._last = lane
        self._ms = 0
        self._counter = 0

    @property
    def latest(self) -> int:
        """The latest id that it has given or observed, as a time that another clock may observe."""
        return (self._ms << TIME_SHIFT) | (self.node << COUNTER_BITS) | max(0, self._counter)

    def next(self) -> int:
        """The next id of this node."""
        now = self._now_ms() - EPOCH_MS
        if now > self._ms:
            self._ms, self._counter = now, self._first
        elif self._counter < self._last:
            self._counter = max(self._counter + 1, self._first)
        else:
            self._ms, self._counter = self._ms + 1, self._first
        return (self._ms << TIME_SHIFT) | (self.node << COUNTER_BITS) | self._counter

    def begin_after(self, identifier: int) -> None:
        """Go on after the last id of this site's own log.

        Where that lies ahead of this machine's clock, ids follow each other without their time passing, so a log that
        was restored from a backup would give those again which it lost, and others hold. They go on some seconds later,
        by the time of day: where a run begins that began at this id before, it is another millisecond.
        """
        self.observe(identifier, trusted=True)
        now = self._now_ms() - EPOCH_MS
        if self._ms > now + LOST_MS:
            self._ms, self._counter = self._ms + LOST_MS + now % LOST_MS, self._first

    def observe(self, identifier: int, *, trusted: bool = False) -> None:
        """Take note of an id from elsewhere, so that the next id is later.

        Raises `ClockAhead` unless it is trusted: what stands in this site's own log is never refused, even when this
        machine's clock was set back since.
        """
        if identifier <= 0:
            return
        ms = identifier >> TIME_SHIFT
        ahead = ms + EPOCH_MS - self._now_ms()
        if ahead > MAX_AHEAD_MS and not trusted:
            raise ClockAhead(id=str(identifier), ahead_ms=ahead)
        if ms < self._ms:
            return
        node = (identifier >> COUNTER_BITS) & MAX_NODE
        used = identifier & MAX_COUNTER
        if node != self.node:  # within a millisecond the node decides which id is later, before the counter
            used = -1 if node < self.node else MAX_COUNTER
        self._counter = max(used, self._counter) if ms == self._ms else used
        self._ms = ms
