"""Which sites there are, how they are, and the rehearsal of a cut line."""

from typing import Annotated, Any

import msgspec
from litestar import delete, get, post

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.database import head, reading
from bilin.core.errors import Forbidden
from bilin.core.house import port
from bilin.core.live import live
from bilin.core.permissions import require
from bilin.org import company
from bilin.sites.health.report import login_conflicts_here, report
from bilin.sites.registry.access import oversee
from bilin.sites.registry.model import SITES_MANAGE
from bilin.sites.replication.network import Network

MAX_CUT_S = 24 * 3600


class CutBody(msgspec.Struct, frozen=True):
    """For how long the line is cut."""

    seconds: Annotated[int, msgspec.Meta(ge=1, le=MAX_CUT_S)]


@get("/api/sites", tags=["sites"], **live("sites"))
async def list_sites(ctx: Context) -> dict[str, Any]:
    """The sites of the company, and whether this one reaches them."""
    network = ctx.site.get(Network)
    sites = [
        {
            "number": site.number,
            "name": site.name,
            "address": site.address,
            "state": site.state,
            "reachable": network.is_reachable(site.number),
        }
        for _, site in sorted(network.roll.sites.items())
    ]
    return {"here": network.here, "sites": sites}


@get("/api/sites/status", opt=cost(5), tags=["sites"])
async def get_status(ctx: Context) -> dict[str, Any]:
    """How the sites are, and for how many seconds the line is still cut on purpose; needs `sites.manage` over the
    company, or `governance.audit`."""
    network = ctx.site.get(Network)
    async with reading(ctx.site.pool) as db:
        await oversee(db, ctx)
        pos = await head(db)
        await network.count_kept_back(db)
        conflicts = await port(login_conflicts_here)(db)
    return {
        "here": network.here,
        "pos": pos,
        "cut_s": round(network.cut.rest_s, 1),
        "sites": report(network, pos),
        "login_conflicts": conflicts,
    }


@post("/api/sites/cut", status_code=200, tags=["sites"])
async def post_cut(data: CutBody, ctx: Context) -> dict[str, Any]:
    """Cut the line to all other sites for a while, to see what happens; needs `sites.manage` over the company."""
    await _manage(ctx)
    cut = ctx.site.get(Network).cut
    await cut.begin(data.seconds)
    return {"seconds": cut.rest_s}


@delete("/api/sites/cut", status_code=200, tags=["sites"])
async def delete_cut(ctx: Context) -> dict[str, Any]:
    """Mend the line before its time; needs `sites.manage` over the company."""
    await _manage(ctx)
    cut = ctx.site.get(Network).cut
    await cut.begin(0)
    return {"seconds": cut.rest_s}


async def _manage(ctx: Context) -> None:
    async with reading(ctx.site.pool) as db:
        root = await company(db)
        if root is None:
            raise Forbidden(details={"permission": SITES_MANAGE})
        await require(db, ctx, SITES_MANAGE, root.id)


routes = [list_sites, get_status, post_cut, delete_cut]
