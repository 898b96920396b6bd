"""The route a client begins with, and comes back to when it is too far behind."""

from litestar import get

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.http import LargeAnswer
from bilin.messaging.sync.query import Sync, read_sync


@get("/api/sync", response_class=LargeAnswer, opt=cost(20), tags=["sync"])
async def sync(ctx: Context) -> Sync:
    """Everything the first screen needs, as of one position."""
    return await read_sync(ctx)


sync_routes = [sync]
