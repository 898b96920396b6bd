"""What a site tells the others of itself every 2 s."""

from collections.abc import Mapping

from bilin import __version__
from bilin.core.database import Pool, reading
from bilin.core.house import port
from bilin.core.ids import wall_ms
from bilin.core.log.runs import START, Position
from bilin.sites.replication.audit_head import own_head
from bilin.sites.replication.feed.log_server import LogServer
from bilin.sites.replication.following.log_inlet import read_positions
from bilin.sites.replication.transport.wire import WIRE_VERSION, Status

COUNT_NEEDS = "SELECT count(*) FROM sites.need"


async def read_status(pool: Pool, holder: LogServer, here: int, heard: Mapping[int, Status]) -> Status:
    """How this site is; `heard` are the last words of the others."""
    async with reading(pool) as db:
        followed = await read_positions(db)
        needs = await db.fetchval(COUNT_NEEDS)
        audit = await port(own_head)(db)
    behind = {number: _behind(followed.get(number, START), status.position) for number, status in heard.items()}
    position = await holder.position()
    return Status(here, WIRE_VERSION, __version__, wall_ms(), position, followed, behind, needs, audit)


def _behind(followed: Position, there: Position) -> int:
    """How many positions are not followed; what was followed of another run may all be to do again."""
    return max(0, there.pos - (followed.pos if followed.run == there.run else 0))
