"""How far another site has this site's own events, told as an id that clients can compare messages with."""

from bilin.core.database import Connection, head
from bilin.core.ids import Id
from bilin.core.log.runs import Position, end_of
from bilin.core.log.store import read_runs

LOOKED_AT = 500
"""Own events after the position that are looked at: ids are given in nearly the order of positions."""
FIRST_MISSING = """
SELECT min(id) FROM (SELECT id FROM core.log WHERE pos > $1 AND site = $2 ORDER BY pos LIMIT $3) AS missing"""
LAST_THERE = "SELECT id FROM core.log WHERE pos <= $1 AND pos > $1 - 10000 AND site = $2 ORDER BY pos DESC LIMIT 1"


async def delivered_to(db: Connection, here: int, followed: Position) -> tuple[int, Id | None]:
    """The position of this log through which somebody has followed it, and an id up to which they have all own events;
    None when that cannot be told."""
    pos = min(followed.pos, end_of(await read_runs(db), followed.run, await head(db)))
    missing = await db.fetchval(FIRST_MISSING, pos, here, LOOKED_AT)
    if missing is not None:
        return pos, Id(missing - 1)
    last = await db.fetchval(LAST_THERE, pos, here)
    return pos, None if last is None else Id(last)
