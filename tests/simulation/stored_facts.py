"""What a simulated disk says to those who decide what goes where (`bilin.sites.replication.feed.facts`)."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from bilin.core.ids import COUNTER_BITS, MAX_NODE, PersonId, UnitId
from bilin.core.log.store import Raw
from bilin.sites.homes.home_map import HomeMap
from bilin.sites.replication.feed.facts import Members, Moving
from bilin.sites.replication.transport.wire import Sent
from tests.simulation.store import Row, Store

place = attrgetter("pos")


def behind(rows: Sequence[Row], after: int) -> Sequence[Row]:
    """Those behind a position."""
    return rows[bisect_right(rows, after, key=place) :]


class StoredFacts:
    """Answers from a disk, as it is now."""

    def __init__(self, store: Store) -> None:
        self._store, self._state = store, store.state

    @property
    def head(self) -> int:
        return self._store.head

    async def homes(self) -> HomeMap:
        return self._state.home_map()

    async def members(self, scopes: Collection[int]) -> Members:
        known = self._state.conversations
        return {scope: known[scope].present() for scope in scopes if scope in known}

    async def ever_members(self, scopes: Collection[int]) -> Members:
        known = self._state.conversations
        return {scope: [p for p, m in known[scope].members.items() if m.changed] for scope in scopes if scope in known}

    async def scopes_ever_of(self, people: Collection[PersonId]) -> set[int]:
        return set().union(*(self._state.where.get(person, ()) for person in people))

    async def units_ever(self, people: Collection[PersonId]) -> Mapping[PersonId, Sequence[UnitId]]:
        return {person: list(self._state.units_ever.get(person, ())) for person in people}

    async def people_ever_in(self, units: Collection[UnitId]) -> set[PersonId]:
        return {person for person, ever in self._state.units_ever.items() if not ever.isdisjoint(units)}

    async def writers(self, scopes: Collection[int]) -> Mapping[int, Collection[int]]:
        return {scope: self._store.wrote.get(scope, {}).keys() for scope in scopes}

    async def with_events(self, scopes: Collection[int], whose: int | None = None) -> list[int]:
        wrote = self._store.wrote
        return [scope for scope in scopes if scope in wrote and (whose is None or whose in wrote[scope])]

    async def written_by(self, site: int) -> list[int]:
        return [scope for scope, sites in self._store.wrote.items() if site in sites]

    async def written_in(self, site: int, after: int, through: int) -> set[int]:
        rows = self._store.by_site.get(site)
        if not rows or rows[-1].pos <= after:
            return set()
        return {row.scope for row in behind(rows, after) if row.scope and row.pos <= through}

    async def changed(self, after: int, here: int) -> Iterable[tuple[int, int, bool]]:
        rows = self._store.log[after:]
        return {(row.scope, row.site, row.moves) for row in rows if row.scope and (row.moves or row.site != here)}

    async def moving(self, after: int, through: int) -> Sequence[Moving]:
        rows = [row for row in behind(self._store.moving, after) if row.pos <= through]
        return [Moving(row.event, PersonId(row.sent.actor) if row.sent.actor else None, row.raw.scope) for row in rows]

    async def events(self, whose: int, scope: int | None, after: int, limit: int) -> list[Raw]:
        if scope is None:
            return [row.raw for row in behind(self._store.by_site.get(whose, ()), after)[:limit]]
        rows = behind(self._store.by_scope.get(scope, ()), after)
        return [row.raw for row in rows if row.site == whose][:limit]

    async def kept_back(self, whose: int) -> Sequence[Sent]:
        return [each for each in self._store.kept.values() if each.id >> COUNTER_BITS & MAX_NODE == whose]
