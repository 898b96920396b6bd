"""Changing a site, ending its access, closing it for good."""

import msgspec
from litestar import patch, post
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context, execute
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, answer, refuses
from bilin.sites.registry.commands.change_site import ChangeSite, change_site
from bilin.sites.registry.commands.retire_site import RetireSite, retire_site
from bilin.sites.registry.commands.revoke_site import RevokeSite, revoke_site
from bilin.sites.registry.errors import SiteFixed, UnknownSite


class SiteChanges(msgspec.Struct, frozen=True):
    """What to change of a site."""

    name: str | UnsetType = UNSET
    address: str | UnsetType = UNSET


@patch("/api/sites/{number:str}", opt=OWNED | refuses(UnknownSite), tags=["sites"])
async def patch_site(number: int, data: SiteChanges, ctx: Context) -> Change:
    """Rename a site, or say where browsers open it; needs `sites.manage` over the company."""
    return answer(await execute(change_site, ChangeSite(number, data.name, data.address), ctx))


@post("/api/sites/{number:str}/revoke", status_code=200, opt=OWNED | refuses(UnknownSite, SiteFixed), tags=["sites"])
async def post_revoke(number: int, ctx: Context) -> Change:
    """End the access of a site; needs `sites.manage` over the company."""
    return answer(await execute(revoke_site, RevokeSite(number), ctx))


@post("/api/sites/{number:str}/retire", status_code=200, opt=OWNED | refuses(UnknownSite, SiteFixed), tags=["sites"])
async def post_retire(number: int, ctx: Context) -> Change:
    """Close a site for good; needs `sites.manage` over the company."""
    return answer(await execute(retire_site, RetireSite(number), ctx))


routes = [patch_site, post_revoke, post_retire]
