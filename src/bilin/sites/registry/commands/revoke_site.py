"""End the access of a site: its server can no longer reach the others, until it is invited again."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.log import Decision
from bilin.sites.registry.access import end_site, expect
from bilin.sites.registry.events import SiteRevoked


class RevokeSite(msgspec.Struct, frozen=True):
    """Make every invitation of a site worthless, the one its server joined with as well."""

    site: int


async def revoke_site(command: RevokeSite, ctx: Context) -> Decision | None:
    """None when it is revoked already. What it wrote and nobody has followed yet comes once it has joined again."""
    async with snapshot(ctx.site.pool) as (db, _):
        site = await end_site(db, ctx, command.site)
        expects = await expect(db)
    return None if site.state == "revoked" else Decision([SiteRevoked(site=site.number)], expects)
