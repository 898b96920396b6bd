"""Whose a unit is, from the homes of units: `core.ownership` for a company that may have several sites.

Why no circle can come of moves at several sites: units that share a home, each below the other, are a *part* of the
tree. Moves within a part are made by its owner alone and do not change which part hangs below which; all others, and
every move of a unit that has a home of its own, are made by the founding site alone (docs/decisions/0013).
"""

from collections.abc import Sequence

from bilin.core.database import Connection
from bilin.core.events import Event
from bilin.core.ids import UnitId
from bilin.core.ownership import FOUNDER, OwnedElsewhere, Ownership
from bilin.sites.homes.errors import FoundedElsewhere, UnitAtHomeElsewhere
from bilin.sites.homes.events import HomeSet
from bilin.sites.homes.home_map import HomeMap, read_homes

IS_ALONE = "SELECT NOT EXISTS (SELECT FROM sites.site)"


class HomeOwnership(Ownership):
    """Answers from the homes in the snapshot it is given."""

    def __init__(self, here: int) -> None:
        self._here = here

    async def require_own(self, db: Connection, unit: UnitId | None) -> None:
        homes = await self._homes(db)
        if homes is not None:
            self._require(homes.of_unit(unit))

    async def require_own_unit(self, db: Connection, unit: UnitId) -> None:
        homes = await self._homes(db)
        if homes is not None:
            self._require(homes.of_unit(homes.parents.get(unit)))

    async def allow_move(self, db: Connection, unit: UnitId, to: UnitId) -> Sequence[Event]:
        homes = await self._homes(db)
        if homes is None:
            return ()
        self._require(mover(homes, unit, to))
        if unit in homes.homes or not crosses(homes, unit, to):
            return ()
        return [HomeSet(unit=unit, site=homes.of_unit(unit))]  # its people stay at the site where they are

    async def allow_removal(self, db: Connection, unit: UnitId) -> None:
        homes = await self._homes(db)
        if homes is None:
            return
        owner = homes.of_unit(homes.parents.get(unit))
        if homes.of_unit(unit) != owner:
            raise UnitAtHomeElsewhere(unit=unit, site=homes.of_unit(unit))
        self._require(owner)

    def require_founder(self) -> None:
        if self._here != FOUNDER:
            raise FoundedElsewhere

    async def _homes(self, db: Connection) -> HomeMap | None:
        """None: there are no other sites."""
        return None if await db.fetchval(IS_ALONE) else await read_homes(db, [])

    def _require(self, owner: int) -> None:
        if owner != self._here:
            raise OwnedElsewhere(owner)


def mover(homes: HomeMap, unit: UnitId, to: UnitId) -> int:
    """The site that may move a unit below another one."""
    if unit in homes.homes or crosses(homes, unit, to):
        return FOUNDER
    return homes.of_unit(to)


def crosses(homes: HomeMap, unit: UnitId, to: UnitId) -> bool:
    """Whether a move leads out of the part in which the unit stands."""
    return _part(homes, homes.parents.get(unit)) != _part(homes, to)


def _part(homes: HomeMap, unit: UnitId | None) -> UnitId | None:
    """The part of the tree a unit is in, named by its topmost unit; None: that of the company."""
    while unit is not None and unit not in homes.homes:
        unit = homes.parents.get(unit)
    return unit
