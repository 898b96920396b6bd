"""Close a site for good: its people are at home at the founding site from now on."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.log import Decision
from bilin.sites.registry.access import end_site, expect
from bilin.sites.registry.events import SiteRetired, SiteRevoked


class RetireSite(msgspec.Struct, frozen=True):
    """Close a site. Its number is never given again."""

    site: int


async def retire_site(command: RetireSite, ctx: Context) -> Decision:
    """Its access ends with it, so that nothing that its server still writes comes after."""
    async with snapshot(ctx.site.pool) as (db, _):
        site = await end_site(db, ctx, command.site)
        expects = await expect(db)
    return Decision([SiteRetired(site=site.number), SiteRevoked(site=site.number)], expects)
