"""Which parts of conversations are not here yet."""

from collections.abc import Sequence

from bilin.core.database import Connection
from bilin.sites.replication.transport.wire import LIST

SELECT = "SELECT DISTINCT whose FROM sites.need WHERE scope = ANY($1::bigint[])"


async def sites_missing(db: Connection, scopes: Sequence[int]) -> set[int]:
    """The sites of whose events in any of these scopes older ones may come here after newer ones: they are still being
    fetched."""
    return {row["whose"] for row in await db.fetch(SELECT, [*scopes, LIST])}
