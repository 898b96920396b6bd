"""Where units and people are at home, and what policy says leaves that home.

`HomeMap` is the answer as of one moment; `read_homes` reads it on a connection, for decisions; `Homes` keeps the last
one in memory, for those who ask at every message.
"""

import asyncio
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import structlog

from bilin.core.claims import FOR_EVER, NEVER
from bilin.core.database import Connection, Pool, snapshot
from bilin.core.errors import Unavailable
from bilin.core.ids import PersonId, UnitId
from bilin.core.log import Entry
from bilin.core.ownership import FOUNDER
from bilin.org import PersonAdded, PersonChanged, UnitAdded, UnitChanged, main_units, unit_parents
from bilin.sites.homes.events import HomeSet, PolicySet
from bilin.sites.homes.model import Leaves, PolicyKind
from bilin.sites.registry.events import SiteRetired

logger = structlog.get_logger(__name__)

SHARED: Leaves = "shared"
SELECT_HOMES = "SELECT unit, site FROM sites.home WHERE site IS NOT NULL"
SELECT_HAD = "SELECT unit, array_agg(site) AS sites FROM sites.was_home GROUP BY unit"
SELECT_SAID = """
SELECT unit, array_agg(id ORDER BY id) AS ids, array_agg(site ORDER BY id) AS sites
  FROM sites.home_said GROUP BY unit"""
SELECT_RETIRED = "SELECT number FROM sites.site WHERE retired IS NOT NULL"
SELECT_POLICIES = "SELECT unit, leaves, kinds FROM sites.policy"
SHAPING = tuple(
    each.TYPE.name for each in (UnitAdded, UnitChanged, PersonAdded, PersonChanged, HomeSet, PolicySet, SiteRetired)
)
"""The types of events that move homes or policies."""
FIND_SHAPING = "SELECT true FROM core.log WHERE pos > $1 AND pos <= $2 AND type = ANY($3::text[]) LIMIT 1"


@dataclass(slots=True)
class HomeMap:
    """Homes and policies as of one position of the log. Answers are worked out once and kept."""

    parents: Mapping[UnitId, UnitId | None]
    homes: Mapping[int, int]
    """Units with a home of their own."""
    retired: Collection[int]
    policies: Mapping[int, tuple[Leaves, Collection[str]]]
    people: Mapping[PersonId, UnitId]
    had: Mapping[int, Collection[int]] = field(default_factory=dict)
    """Units → every home of their own that they ever had."""
    said: Mapping[int, Sequence[tuple[int, int | None]]] = field(default_factory=dict)
    """Units → every home they were given: (event, site), in order; None: that of the unit above."""
    _sites: dict[int | None, int] = field(default_factory=dict)
    _leaves: dict[tuple[int | None, str], Leaves] = field(default_factory=dict)
    _until: dict[tuple[int | None, int], int] = field(default_factory=dict)

    def of_unit(self, unit: UnitId | None) -> int:
        """The site a unit is at home at: its own or that of the nearest unit above; a retired site counts as the
        founding one, which also stands for everything that nobody decided."""
        site = self._sites.get(unit)
        if site is None:
            site = next((self.homes[each] for each in self.upwards(unit) if each in self.homes), FOUNDER)
            site = self._sites[unit] = FOUNDER if site in self.retired else site
        return site

    def of_person(self, person: int) -> int:
        """The site a person is at home at: that of their main unit."""
        return self.of_unit(self.people.get(PersonId(person)))

    def leaves(self, person: int, kind: PolicyKind) -> Leaves:
        """What of this kind leaves a person's home: as the nearest unit above says that speaks of the kind."""
        unit = self.people.get(PersonId(person))
        known = self._leaves.get((unit, kind))
        if known is not None:
            return known
        said = (self.policies[each] for each in self.upwards(unit) if each in self.policies)
        found = self._leaves[unit, kind] = next((leaves for leaves, kinds in said if kind in kinds), SHARED)
        return found

    def sites_of(self, people: Iterable[int]) -> set[int]:
        """The sites these people are at home at."""
        return {self.of_person(person) for person in people}

    def sites_ever_of(self, units: Iterable[UnitId]) -> set[int]:
        """The sites these units ever were at home at by a home of their own, or of a unit above."""
        return {site for unit in units for each in self.upwards(unit) for site in self.had.get(each, ())}

    def unit_until(self, unit: UnitId | None, site: int) -> int:
        """Until when (an id) a unit was at home at a site; `FOR_EVER`: it is; `NEVER`: it never was."""
        known = self._until.get((unit, site))
        if known is None:
            known = self._until[unit, site] = _until(self, unit, site)
        return known

    def at_home(self, site: int) -> list[PersonId]:
        """Everybody who is at home at a site."""
        return [person for person in self.people if self.of_person(person) == site]

    def said_by(self, leaves: Leaves, kind: PolicyKind) -> list[PersonId]:
        """Everybody whose policy says so for a kind."""
        if leaves != SHARED and not self.is_said(leaves, kind):
            return []
        return [person for person in self.people if self.leaves(person, kind) == leaves]

    def is_said(self, leaves: Leaves, kind: PolicyKind) -> bool:
        """Whether any unit's policy says so for a kind."""
        return any(said == leaves and kind in kinds for said, kinds in self.policies.values())

    def units_below(self, units: Collection[UnitId], sites: Collection[int]) -> set[UnitId]:
        """Every unit that is one of these or below one, or below one whose home is one of these sites."""
        tops = set(units) | {UnitId(unit) for unit, site in self.homes.items() if site in sites}
        return {unit for unit in self.parents if not tops.isdisjoint(self.upwards(unit))} | tops if tops else tops

    def upwards(self, unit: UnitId | None) -> Iterable[UnitId]:
        """The unit and those above it; ends at the top, where one is not known yet, and at a circle."""
        seen: set[UnitId] = set()
        while unit is not None and unit not in seen:
            yield unit
            seen.add(unit)
            unit = self.parents.get(unit)


async def read_homes(db: Connection, people: Sequence[PersonId] | None = None) -> HomeMap:
    """Homes and policies within the snapshot of a connection; of these people, or of everybody."""
    policies = {row["unit"]: (row["leaves"], row["kinds"]) for row in await db.fetch(SELECT_POLICIES)}
    return HomeMap(
        parents=await unit_parents(db),
        homes={row["unit"]: row["site"] for row in await db.fetch(SELECT_HOMES)},
        retired={row["number"] for row in await db.fetch(SELECT_RETIRED)},
        policies=policies,
        people=await main_units(db, people),
        had={row["unit"]: row["sites"] for row in await db.fetch(SELECT_HAD)},
        said={row["unit"]: list(zip(row["ids"], row["sites"], strict=True)) for row in await db.fetch(SELECT_SAID)},
    )


def _until(homes: HomeMap, unit: UnitId | None, site: int) -> int:
    """Of each unit on the way up: the last time that it had this home; but nothing above counts after the time since
    which it has had a home of its own."""
    found, bound = NEVER, FOR_EVER
    for each in homes.upwards(unit):
        said = homes.said.get(each, ())
        ends = [*(identifier for identifier, _ in said[1:]), FOR_EVER]
        found = max([found, *(min(end, bound) for (_, there), end in zip(said, ends, strict=False) if there == site)])
        own_since = FOR_EVER
        for identifier, there in reversed(said):
            if there is None:
                break
            own_since = identifier
        bound = min(bound, own_since)
    return found


class Homes:
    """The last map, for one process. `as_of` is exact for the snapshot it is given; `now` trails the tail a moment."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._pos = -1
        self._stir = asyncio.Event()
        self.now = HomeMap({}, {}, (), {}, {})

    async def start(self) -> None:
        """Read the map for the first time."""
        async with snapshot(self._pool) as (db, pos):
            await self.as_of(db, pos)

    async def as_of(self, db: Connection, pos: int) -> HomeMap:
        """The map of a snapshot that stands at `pos`, read again only when something moved since the last one."""
        found, known = self.now, self._pos
        if pos == known:
            return found
        if known < 0 or pos < known or await db.fetchval(FIND_SHAPING, known, pos, SHAPING):
            found = await read_homes(db)
        if pos > self._pos:  # not of a snapshot before the last one
            self.now, self._pos = found, pos
        return found

    def hear(self, entries: Sequence[Entry]) -> None:
        """Listener of the tail."""
        if any(entry.type in SHAPING for entry in entries):
            self.look_again()

    def look_again(self) -> None:
        """Something may have changed."""
        self._stir.set()

    async def run(self) -> None:
        """Keep `now` true, for ever."""
        while True:
            await self._stir.wait()
            self._stir.clear()
            try:
                async with snapshot(self._pool) as (db, pos):
                    await self.as_of(db, pos)
            except Unavailable as cause:
                logger.warning("sites.homes_wait", reason=repr(cause.__cause__))
                await asyncio.sleep(1)
                self._stir.set()
