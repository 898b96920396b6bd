"""What is in the log and not in the index yet. The index is written when people leave time for it; what was said a
moment ago is found all the same, by looking through the end of the log."""

from bilin.core.database import Connection
from bilin.search.follower import NAME, behind

MOST = 20_000
"""Events that are looked through, some milliseconds; what lies between these and the index is not found yet."""
SELECT = """
SELECT (SELECT coalesce(max(pos), 0) FROM core.log) AS head,
       coalesce((SELECT pos FROM core.follower WHERE name = $1), 0) AS indexed"""


async def news_after(db: Connection) -> int | None:
    """The position after which the log is looked through; None: the index has everything."""
    [row] = await db.fetch(SELECT, NAME)
    head: int = row["head"]
    indexed: int = row["indexed"]
    return max(indexed, head - MOST) if indexed < head else None


async def missing(db: Connection) -> int:
    """How many events are neither in the index nor looked through."""
    return max(0, await behind(db) - MOST)
