"""Give a site another name, or say where browsers open it."""

import msgspec
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.fields import checked
from bilin.core.log import Decision
from bilin.sites.registry import fields
from bilin.sites.registry.access import expect, manage_site
from bilin.sites.registry.events import SiteChanged


class ChangeSite(msgspec.Struct, frozen=True):
    """Change what people know a site by."""

    site: int
    name: str | UnsetType = UNSET
    address: str | UnsetType = UNSET


async def change_site(command: ChangeSite, ctx: Context) -> Decision | None:
    """None when it is so already."""
    name = command.name if command.name is UNSET else checked("name", fields.site_name, command.name)
    given = command.address
    address = given if given is UNSET else checked("address", fields.site_address, given)
    async with snapshot(ctx.site.pool) as (db, _):
        site = await manage_site(db, ctx, command.site)
        expects = await expect(db)
    changed = SiteChanged(
        site=site.number,
        name=UNSET if name == site.name else name,
        address=UNSET if address == site.address else address,
    )
    return None if changed == SiteChanged(site=site.number) else Decision([changed], expects)
