"""What a site keeps on its disk: the log, what is derived from it, and the memory of how far it followed others.

Every change is one transaction. A crash leaves what was committed; a restored backup what was committed then.
"""

import hashlib
from collections.abc import Iterable

import msgspec

from bilin.core.ids import COUNTER_BITS, MAX_NODE
from bilin.core.log.runs import START, Position
from bilin.sites.replication.ports import Need
from bilin.sites.replication.transport.wire import Sent
from tests.simulation.facts import Fact, decode
from tests.simulation.state import State


class Row(msgspec.Struct, frozen=True):
    """An event with its place in a site's log."""

    pos: int
    site: int
    sent: Sent
    fact: Fact


class Backup(msgspec.Struct, frozen=True):
    """A copy of everything, as of one moment."""

    rows: int
    log: list[Row]
    runs: list[tuple[int, int]]
    positions: dict[tuple[int, int], Position]
    needs: dict[tuple[int, int, int], Need]
    losses: dict[int, int]
    kept: dict[int, Sent]


class Store:
    """One site's disk."""

    def __init__(self, site: int) -> None:
        self.site = site
        self.log: list[Row] = []
        self.places: dict[int, int] = {}
        """Id of an event → its place in the log."""
        self.runs: list[tuple[int, int]] = []
        self.positions: dict[tuple[int, int], Position] = {}
        self.needs: dict[tuple[int, int, int], Need] = {}
        self.losses: dict[int, int] = {}
        self.kept: dict[int, Sent] = {}
        """What its site may not say, as far as is known here."""
        self.notes = 0
        self.state = State()
        self.by_scope: dict[int, list[Row]] = {}
        self.wrote: dict[int, dict[int, int]] = {}
        """Conversation → site → place of its first event there."""

    @property
    def head(self) -> int:
        return len(self.log)

    def last_id(self) -> int:
        return max(self.places, default=0)

    def position(self, holder: int, whose: int) -> Position:
        return self.positions.get((holder, whose), START)

    def append(self, events: Iterable[Sent]) -> list[Row]:
        """Add events that are not here to the end of the log, and to what is derived from it."""
        new = []
        for sent in events:
            if sent.id not in self.places:
                row = Row(len(self.log) + 1, sent.id >> COUNTER_BITS & MAX_NODE, sent, decode(sent.data))
                self._add(row)
                new.append(row)
        return new

    def _add(self, row: Row) -> None:
        self.log.append(row)
        self.places[row.sent.id] = row.pos
        scope = row.fact.conversation
        if scope:
            self.by_scope.setdefault(scope, []).append(row)
            self.wrote.setdefault(scope, {}).setdefault(row.site, row.pos)
        self.state.apply(row.sent.id, row.sent.actor or 0, row.fact, row.site == self.site)

    def keep_back(self, events: Iterable[Sent]) -> None:
        """Keep events back that are not here."""
        self.kept.update({event.id: event for event in events if event.id not in self.places})

    def need(self, need: Need) -> None:
        """Note a need; one that is there is begun anew."""
        self.needs.pop((need.holder, need.whose, need.scope), None)
        self.needs[need.holder, need.whose, need.scope] = need

    def current(self, need: Need) -> bool:
        """Whether a need is still the one that was given."""
        there = self.needs.get((need.holder, need.whose, need.scope))
        return there is not None and there.since == need.since

    def backup(self) -> Backup:
        """A copy. The log only grows, so its length says what of it was there."""
        copies = list(self.runs), dict(self.positions), dict(self.needs), dict(self.losses), dict(self.kept)
        return Backup(len(self.log), self.log, *copies)

    def restored(self, backup: Backup | None) -> "Store":
        """The disk after a backup was put back; None: an empty one."""
        store = Store(self.site)
        if backup is not None:
            store.runs, store.positions = list(backup.runs), dict(backup.positions)
            store.needs, store.losses = dict(backup.needs), dict(backup.losses)
            store.kept = dict(backup.kept)
            store.notes = max(store.losses.values(), default=0)
            for row in backup.log[: backup.rows]:
                store._add(row)
        return store


def mark(site: int, event: int, data: bytes) -> bytes:
    """The mark only that site can give: keys survive a restore."""
    return hashlib.blake2b(b"%d %d " % (site, event) + data, digest_size=16, key=b"key of site %d" % site).digest()
