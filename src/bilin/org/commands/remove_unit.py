"""Remove an empty unit."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.ids import UnitId
from bilin.core.log import Decision, Expect
from bilin.core.ownership import ownership
from bilin.org.access import access_unit, manage_unit
from bilin.org.errors import CompanyFixed, UnitNotEmpty
from bilin.org.events import UnitRemoved
from bilin.org.model import TREE, people_of

SELECT_CONTENTS = """
SELECT (SELECT count(*) FROM org.unit WHERE parent = $1 AND stands = id) AS units,
       (SELECT count(*) FROM org.post t JOIN org.unit w ON w.id = t.unit WHERE w.stands = $1) AS people"""


class RemoveUnit(msgspec.Struct, frozen=True):
    """Remove a unit that holds neither units nor people."""

    unit: UnitId


async def remove_unit(command: RemoveUnit, ctx: Context) -> Decision:
    """For whoever manages the unit, at the site that owns it."""
    async with snapshot(ctx.site.pool) as (db, _):
        unit = await access_unit(db, command.unit)
        await ownership(ctx).allow_removal(db, unit.id)
        await manage_unit(db, ctx, unit.id)
        if unit.parent is None:
            raise CompanyFixed(unit=unit.id)
        contents = await db.fetchrow(SELECT_CONTENTS, unit.id)
        if contents is not None and (contents["units"] or contents["people"]):
            raise UnitNotEmpty(units=contents["units"], people=contents["people"])
        version = await versions(db, [TREE, people_of(unit.id)])
    return Decision([UnitRemoved(unit=unit.id)], [Expect(*pair) for pair in version.items()])
