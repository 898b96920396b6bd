"""The route a client begins with, and comes back to when it is too far behind."""

from litestar import get
from litestar.params import Parameter

from bilin.core.budgets import cost
from bilin.core.commands import Context
from bilin.core.http import LargeAnswer
from bilin.core.ids import ConversationId
from bilin.messaging.sync.query import Sync, read_sync

MAX_CONVERSATIONS = 500


@get("/api/sync", response_class=LargeAnswer, opt=cost(20), tags=["sync"])
async def sync(
    ctx: Context,
    after: ConversationId | None = None,
    limit: int | None = Parameter(default=None, ge=1, le=MAX_CONVERSATIONS),
) -> Sync:
    """Everything the first screen needs, as of one position: with the first so many of my conversations by id, or,
    without `limit`, all. Each further page is as of its own position, and the log is followed from that of the first.
    """
    return await read_sync(ctx, after, limit)


sync_routes = [sync]
