"""Say at which site a unit is at home."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.ids import UnitId
from bilin.core.log import Decision
from bilin.sites.homes.events import HomeSet
from bilin.sites.registry.access import expect, settle_unit
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.registry.events import SITES
from bilin.sites.registry.sites import read_sites

SELECT = "SELECT site FROM sites.home WHERE unit = $1"


class SetHome(msgspec.Struct, frozen=True):
    """Let a unit and what is below it be at home at a site; None: where the unit above is."""

    unit: UnitId
    site: int | None


async def set_home(command: SetHome, ctx: Context) -> Decision | None:
    """None when it is so already. Raises `UnknownSite` for one that has not joined."""
    async with snapshot(ctx.site.pool) as (db, _):
        await settle_unit(db, ctx, command.unit)
        if command.site is not None:
            site = (await read_sites(db)).get(command.site)
            if site is None or site.state != "joined":
                raise UnknownSite(f"Site {command.site} has not joined.", site=command.site)
        present = await db.fetchval(SELECT, command.unit)
        expects = await expect(db, [SITES, command.unit])
    if present == command.site:
        return None
    return Decision([HomeSet(unit=command.unit, site=command.site)], expects)
