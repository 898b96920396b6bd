"""Which sites there are, how they are, and the rehearsal of a cut line."""

from typing import Annotated

import msgspec
from litestar import delete, get, post

from bilin.core.at_writer import AT_WRITER
from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.database import head, reading
from bilin.core.house import port
from bilin.core.http import refuses
from bilin.core.live import live
from bilin.core.permissions import PermissionNeeded, require
from bilin.org import company
from bilin.sites.health.report import LoginConflict, SiteReport, login_conflicts_here, report
from bilin.sites.registry.access import oversee
from bilin.sites.registry.model import SITES_MANAGE, SiteState
from bilin.sites.replication.network import Network

MAX_CUT_S = 24 * 3600


class CutBody(msgspec.Struct, frozen=True):
    """For how long the line is cut."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=MAX_CUT_S)]


class SiteInfo(msgspec.Struct, frozen=True):
    """A site of the company, as everybody may know it."""

    number: int
    name: str
    address: str
    """Where browsers open it; empty: not said."""
    state: SiteState
    reachable: bool


class SiteList(msgspec.Struct, frozen=True):
    """The sites of the company by number; this one is `here`."""

    here: int
    sites: list[SiteInfo]


class SitesStatus(msgspec.Struct, frozen=True):
    """How the sites are."""

    here: int
    pos: int
    cut_s: float
    """Seconds for which the line is still cut on purpose; 0: it is not."""
    sites: list[SiteReport]
    login_conflicts: list[LoginConflict]
    """Logins that two sites gave to different people while they were cut off from each other."""


class CutFor(msgspec.Struct, frozen=True):
    """For how many seconds the line is still cut."""

    seconds: float


@get("/api/sites", tags=["sites"], **live("sites"))
async def list_sites(ctx: Context) -> SiteList:
    """The sites of the company, and whether this one reaches them."""
    network = ctx.site.get(Network)
    sites = [
        SiteInfo(site.number, site.name, site.address, site.state, network.is_reachable(site.number))
        for _, site in sorted(network.roll.sites.items())
    ]
    return SiteList(network.here, sites)


@get("/api/sites/status", opt=AT_WRITER | cost(5) | refuses(PermissionNeeded), tags=["sites"])
async def get_status(ctx: Context) -> SitesStatus:
    """How the sites are, and for how many seconds the line is still cut on purpose; needs `sites.manage` over the
    company, or `governance.audit`."""
    network = ctx.site.get(Network)
    async with reading(ctx.site.pool) as db:
        await oversee(db, ctx)
        pos = await head(db)
        await network.count_kept_back(db)
        conflicts = await port(login_conflicts_here)(db)
    status = report(network, pos)
    return SitesStatus(network.here, pos, round(network.cut.rest_s, 1), status, list(conflicts))


@post("/api/sites/cut", opt=AT_WRITER, status_code=200, tags=["sites"])
async def post_cut(data: CutBody, ctx: Context) -> CutFor:
    """Cut the line to all other sites for a while, to see what happens; needs `sites.manage` over the company."""
    await _manage(ctx)
    cut = ctx.site.get(Network).cut
    await cut.begin(data.seconds)
    return CutFor(cut.rest_s)


@delete("/api/sites/cut", opt=AT_WRITER, status_code=200, tags=["sites"])
async def delete_cut(ctx: Context) -> CutFor:
    """Mend the line before its time; needs `sites.manage` over the company."""
    await _manage(ctx)
    cut = ctx.site.get(Network).cut
    await cut.begin(0)
    return CutFor(cut.rest_s)


async def _manage(ctx: Context) -> None:
    async with reading(ctx.site.pool) as db:
        root = await company(db)
        if root is None:
            raise PermissionNeeded(permission=SITES_MANAGE)
        await require(db, ctx, SITES_MANAGE, root.id)


routes = [list_sites, get_status, post_cut, delete_cut]
