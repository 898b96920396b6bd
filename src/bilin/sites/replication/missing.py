"""Which parts of a conversation are not here yet."""

from bilin.core.database import Connection
from bilin.sites.replication.transport.wire import LIST

SELECT = "SELECT DISTINCT whose FROM sites.need WHERE scope = ANY($1::bigint[])"


async def sites_missing(db: Connection, scope: int) -> set[int]:
    """The sites of whose events in a scope older ones may come here after newer ones: it is still being fetched."""
    return {row["whose"] for row in await db.fetch(SELECT, [scope, LIST])}
