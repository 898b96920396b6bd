"""What a site keeps on its disk: the log, what is derived from it, and the memory of how far it followed others.

Every change is one transaction. A crash leaves what was committed; a restored backup what was committed then.
"""

import hashlib
from collections.abc import Iterable
from functools import cache
from typing import Any

import msgspec

from bilin.core.ids import COUNTER_BITS, MAX_NODE
from bilin.core.log.runs import START, Position
from bilin.core.log.store import Raw
from bilin.messaging.stars import StarSet
from bilin.sites.homes.home_map import SHAPING
from bilin.sites.replication.feed.sharing import membership_types
from bilin.sites.replication.ports import Need
from bilin.sites.replication.transport.wire import Sent
from tests.simulation.facts import read
from tests.simulation.state import State


@cache
def moving_types() -> frozenset[str]:
    """The types of what may give somebody, or take from somebody, what they have."""
    return frozenset((*membership_types(), *SHAPING))


class Row(msgspec.Struct, frozen=True):
    """An event with its place in a site's log."""

    pos: int
    site: int
    sent: Sent
    event: Any
    raw: Raw
    """The event as an outlet reads it."""
    scope: int
    """The conversation it belongs to, or the person whose own it is; 0: it is of the company."""
    moves: bool
    """Whether it lets somebody in or out, or moves a home or policy."""


def row_of(pos: int, sent: Sent) -> Row:
    """An event at a place."""
    event = read(sent)
    scope = event.key_scope()
    raw = Raw(pos, sent.id, sent.actor, sent.type, sent.version, scope or None, (), sent.data, sent.mark)
    return Row(pos, sent.id >> COUNTER_BITS & MAX_NODE, sent, event, raw, scope, sent.type in moving_types())


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
        self.by_site: dict[int, list[Row]] = {}
        self.moving: list[Row] = []
        """What lets people in or out, or moves homes or policies."""
        self.wrote: dict[int, dict[int, int]] = {}
        """Conversation → site → place of its first event there."""
        self.shared: dict[int, set[int]] = {}
        """Conversation → the sites that may have all of it."""
        self.withdrawn: dict[tuple[int, int], int] = {}
        """(conversation, site) → from which place on the site may have nothing more of it."""

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
                new.append(row_of(len(self.log) + 1, sent))
                self._add(new[-1])
        return new

    def _add(self, row: Row) -> None:
        self.log.append(row)
        self.places[row.sent.id] = row.pos
        self.by_site.setdefault(row.site, []).append(row)
        if row.moves:
            self.moving.append(row)
        if scope := row.scope:
            self.by_scope.setdefault(scope, []).append(row)
            self.wrote.setdefault(scope, {}).setdefault(row.site, row.pos)
        self.state.apply(row.sent.id, row.sent.actor or 0, row.event, row.site == self.site)
        if row.moves or isinstance(row.event, StarSet):
            self._share(row)

    def _share(self, row: Row) -> None:
        """Note who may have what from this place on."""
        for scope in self.state.touched_by(row.event) or {row.scope}:
            now, before = self.state.sites_of(scope), self.shared.get(scope, set())
            for site in now:
                self.withdrawn.pop((scope, site), None)
            self.withdrawn.update(dict.fromkeys(((scope, site) for site in before - now), row.pos))
            self.shared[scope] = now

    def may_have(self, site: int, row: Row) -> bool:
        """Whether a site may have an event that began here, by what this one ever knew when or after it did: not what
        was said after the last of it had left."""
        scope, place = row.scope, self.places[row.sent.id]
        return site in self.shared.get(scope, ()) or place < self.withdrawn.get((scope, site), 0)

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
