"""What this site knows of another one: when it was heard, what it said, how far each has followed the other."""

from time import monotonic

import msgspec

from bilin.core.ids import Id, wall_ms
from bilin.core.log.runs import Position
from bilin.sites.registry.model import SiteAlert
from bilin.sites.replication.transport.wire import Status

SILENT_S = 6.0
"""A site that said nothing for so long is unreachable."""
OFFSET_MS = 60_000
"""A clock further off than this is warned about. (From five minutes on its events are not taken in.)"""
AWAITED_MS = 8_000
"""A server that has just joined starts anew as its site before it says its first word."""
CLOCK_EVERY_S = 30.0
BEHIND_S = 30.0
"""A log that was not followed to its end for so long is warned about."""


class Peer(msgspec.Struct, frozen=True):
    """Another site, for those who show whether it is there."""

    number: int
    name: str
    reachable: bool
    since_ms: int | None
    """Unix milliseconds since when it cannot be reached."""
    delivered: Id | None
    """Every event of this site up to this id is there; None: nobody knows."""


class PeerState:
    """The memory of one other site, in the web process."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.status: Status | None = None
        self.heard_ms: int | None = None
        self.delivered: Id | None = None
        self.served_pos = 0
        """How far it has followed this site's log, in positions that are good here."""
        self.clock_offset_ms: int | None = None
        self.round_trip_ms: int | None = None
        self.is_apart = False
        """What it says cannot be read: its program is too far from ours."""
        self.reachable = False
        self.audit: str | None = None
        """What its audit chain says otherwise than it did (`heads.judged`)."""
        self._began_ms = wall_ms()
        self._clock_due_at = 0.0
        self._heard_at: float | None = None
        self._level_at = self._served_at = monotonic()

    @property
    def since_ms(self) -> int | None:
        """Since when it cannot be reached: the last word of it, or the start of this process."""
        return None if self.reachable else self.heard_ms or self._began_ms

    @property
    def is_awaited(self) -> bool:
        """It has not said anything yet, and there was hardly time for it."""
        return self.heard_ms is None and wall_ms() - self._began_ms < AWAITED_MS

    def heard(self, status: Status) -> None:
        """It told how it is."""
        self.status, self.is_apart = status, False
        self.heard_ms, self._heard_at = wall_ms(), monotonic()

    def look(self, *, is_cut: bool) -> bool:
        """Whether it is there, now; tells whether that changed."""
        is_there = not is_cut and self._heard_at is not None and monotonic() - self._heard_at < SILENT_S
        changed, self.reachable = is_there != self.reachable, is_there
        if changed:
            self._clock_due_at = 0.0
        return changed

    def is_clock_due(self) -> bool:
        """Whether its clock is to be read: when it is heard again, and then every half minute. Asked once a reading."""
        is_due = monotonic() >= self._clock_due_at
        if is_due:
            self._clock_due_at = monotonic() + CLOCK_EVERY_S
        return is_due

    def timed(self, asked_ms: float, answered_ms: float, there_ms: int) -> None:
        """It told what its clock shows, between two readings of ours; the middle is the best guess (RFC 5905)."""
        self.round_trip_ms = round(answered_ms - asked_ms)
        self.clock_offset_ms = round(there_ms - (asked_ms + answered_ms) / 2)

    def behind(self, followed: Position) -> tuple[int, float]:
        """How many positions of its log are not followed here, and for how many seconds that has been so."""
        there = Position() if self.status is None else self.status.position
        events = max(0, there.pos - (followed.pos if followed.run == there.run else 0))
        if not events:
            self._level_at = monotonic()
        return events, monotonic() - self._level_at

    def ahead(self, head: int) -> tuple[int, float]:
        """How many positions of this log it has not followed, and for how many seconds that has been so."""
        events = max(0, head - self.served_pos)
        if not events:
            self._served_at = monotonic()
        return events, monotonic() - self._served_at

    def alerts(self, behind_s: float, trouble: str | None) -> list[SiteAlert]:
        """What an administrator should look at."""
        found: dict[SiteAlert, bool] = {
            "unreachable": not self.reachable,
            "behind": self.reachable and behind_s > BEHIND_S,
            "clock_off": self.clock_offset_ms is not None and abs(self.clock_offset_ms) > OFFSET_MS,
            "versions_apart": self.is_apart or trouble == "sites.versions_apart",
            "audit_changed": self.audit == "audit_changed",
            "audit_set_back": self.audit == "audit_set_back",
            "held": trouble not in (None, "sites.unreachable", "sites.versions_apart"),
        }
        return [code for code, is_so in found.items() if is_so]
