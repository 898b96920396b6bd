"""Events from upgraded sites that this program did not know wholly when they came: applied once it does.

`core.unapplied` names them since they were taken in. What is applied keeps its place in the log; its audience is
written down now, so that clients that resume from before it get it.

What another site sent was judged by what this program knew of it, so it is judged again with what it knows now.
"""

from collections.abc import Awaitable, Callable, Sequence

import structlog

from bilin.core import database
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import EVENT_TYPES, Unknown, Work
from bilin.core.log import store
from bilin.core.log.commit import apply_all
from bilin.core.log.store import Row, known_version

logger = structlog.get_logger(__name__)

CheckClaims = Callable[[Connection, Sequence[Row]], Awaitable[Sequence[str | None]]]
"""Why each event is not its site's to say; None: it is."""
PAGE = 500
SELECT = """
SELECT u.pos FROM core.unapplied u JOIN unnest($1::text[], $2::smallint[]) AS k(type, version) USING (type)
 WHERE k.version > u.known AND u.pos > $3 ORDER BY u.pos LIMIT $4"""
UPDATE = """
UPDATE core.unapplied u SET known = k.version FROM unnest($1::bigint[], $2::smallint[]) AS k(pos, version)
 WHERE u.pos = k.pos"""
DELETE = """
DELETE FROM core.unapplied u USING core.log l
 WHERE u.pos = ANY($1::bigint[]) AND l.pos = u.pos AND l.version <= u.known"""


async def believe_all(_: Connection, rows: Sequence[Row]) -> Sequence[str | None]:
    """The judge of a log that hears of no other site."""
    return [None] * len(rows)


async def apply_known(db: Connection, keys: Keyring, site: int, judge: CheckClaims = believe_all) -> None:
    """Apply what was noted and is known now. What cannot be applied or believed stays noted, and is said."""
    names, versions = list(EVENT_TYPES), [known.version for known in EVENT_TYPES.values()]
    after = 0
    while True:
        found = [row["pos"] for row in await db.fetch(SELECT, names, versions, after, PAGE)]
        if not found:
            return
        rows = [row for row in await store.read_at(db, keys, found) if _is_known(row)]
        await _apply(db, Work(db, keys, site), await _believed(db, rows, judge))
        after = found[-1]


def _is_known(row: Row) -> bool:
    if isinstance(row.record.event, Unknown):
        logger.error(
            "log.not_applied", pos=row.record.pos, type=row.entry.type, reason="its data does not fit its type"
        )
        return False
    return True


async def _believed(db: Connection, rows: Sequence[Row], judge: CheckClaims) -> Sequence[Row]:
    believed: list[Row] = []
    for row, why in zip(rows, await judge(db, rows), strict=True):
        if why is None:
            believed.append(row)
        else:
            logger.error("log.not_believed", pos=row.record.pos, type=row.entry.type, reason=why)
    return believed


async def _apply(db: Connection, work: Work, rows: Sequence[Row]) -> None:
    """Apply rows; what spoils them is found by halving."""
    if not rows:
        return
    try:
        await _apply_together(db, work, rows)
    except database.CONNECTION_ERRORS:
        raise
    except Exception as cause:
        if db.is_closed():
            raise
        if len(rows) == 1:
            logger.exception("log.not_applied", pos=rows[0].record.pos, type=rows[0].entry.type)
            return
        logger.warning("log.applied_in_halves", reason=repr(cause))
        middle = len(rows) // 2
        await _apply(db, work, rows[:middle])
        await _apply(db, work, rows[middle:])


async def _apply_together(db: Connection, work: Work, rows: Sequence[Row]) -> None:
    positions = [row.record.pos for row in rows]
    head = await database.head(db)
    bumped = dict.fromkeys((entity for row in rows for entity in row.record.event.bumps()), head)
    await work.keys.ensure(db, {(row.scope, row.record.id) for row in rows})
    async with db.transaction():
        await store.update_audience(db, rows)
        await store.bump_versions(db, bumped)
        await apply_all(work, [row.record for row in rows])
        await db.execute(UPDATE, positions, [known_version(row) for row in rows])
        await db.execute(DELETE, positions)
    logger.info("log.applied_late", events=len(rows), through=positions[-1])
