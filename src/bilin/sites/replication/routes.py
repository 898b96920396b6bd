"""What is kept back of other sites, and deciding about it."""

from collections.abc import Sequence

import msgspec
from litestar import get, post

from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import Id
from bilin.core.permissions import PermissionNeeded
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.access import oversee
from bilin.sites.replication.kept_back_list import MAX_SHOWN, KeptBackEvent, list_kept_back
from bilin.sites.replication.settle_kept_back import SettleKeptBack, settle_kept_back


class SettleBody(msgspec.Struct, frozen=True):
    """Which events, and whether they are believed from now on; otherwise they are dropped for good."""

    events: tuple[Id, ...]
    accepted: bool


class KeptBackPage(msgspec.Struct, frozen=True):
    """The first of what is kept back, oldest first; `more`: ask again after the last."""

    events: Sequence[KeptBackEvent]
    more: bool


@get("/api/sites/kept-back", opt=refuses(PermissionNeeded), tags=["sites"])
async def get_kept_back(ctx: Context, of: int | None = None, after: Id | None = None) -> KeptBackPage:
    """What other sites sent and may not say, oldest first; needs `sites.manage` over the company, or
    `governance.audit`."""
    homes = ctx.site.get(Homes).now
    async with reading(ctx.site.pool) as db:
        await oversee(db, ctx)
        events = await list_kept_back(db, homes, ctx.site.number, of, after or 0)
    return KeptBackPage(events, len(events) == MAX_SHOWN)


@post("/api/sites/kept-back/settle", status_code=200, opt=OWNED, tags=["sites"])
async def post_settle(data: SettleBody, ctx: Context) -> Change:
    """Accept or drop events that are kept back, at every site; needs `sites.manage` over the company."""
    return answer(await execute(settle_kept_back, SettleKeptBack(data.events, data.accepted), ctx))


routes = [get_kept_back, post_settle]
