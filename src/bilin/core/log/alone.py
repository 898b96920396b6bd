"""A commit of one event as one statement, its own transaction: what a single message costs in a quiet hour.

There every statement meets cold caches, in PostgreSQL as in this process, so that the number of statements is the price
(decision 0054). A batch, and whatever asks for more than its own rows, takes the way of `bilin.core.log.commit`.
"""

from collections.abc import Sequence
from functools import cache

import asyncpg

from bilin.core.events import APPLIERS, Alone, Event, Work
from bilin.core.log.entry import pack_topics
from bilin.core.log.store import Row

STATEMENT = """
WITH due AS ({due}), logged AS (
  INSERT INTO core.log (pos, id, site, actor, key, span, type, version, topics, body, scope, command)
  SELECT $1::bigint, $2::bigint, $3::smallint, $4::bigint, $5::text, 1, $6::text, $7::smallint, $8::bytea, $9::bytea,
         $10::bigint, $11::bytea FROM due
), {then}
SELECT count(*) FROM due"""
LOG = "log"


async def insert_alone(work: Work, row: Row) -> bool:
    """Append one row and apply its event, committed when this returns; outside of a transaction. The data key of the
    row must be ready.

    False: nothing was written, the event has to be applied as any other is. Raises what the log itself refuses.
    """
    alone: Alone[Event] | None = getattr(APPLIERS.get(type(row.record.event)), "alone", None)
    values = None if alone is None else alone.values(work, row.record)
    if alone is None or values is None:
        return False
    try:
        return bool(await work.db.fetchval(_statement(alone.due, alone.then), *_logged(work, row), *values))
    except asyncpg.UniqueViolationError as cause:
        if cause.table_name == LOG:
            raise
        return False  # something stands where it belongs: what that means is for the applier to say


@cache
def _statement(due: str, then: str) -> str:
    return STATEMENT.format(due=due, then=then)


def _logged(work: Work, row: Row) -> Sequence[object]:
    record = row.record
    return (
        record.pos,
        record.id,
        record.site,
        record.actor,
        record.key,
        row.entry.type,
        row.version,
        pack_topics(row.entry.topics),
        work.keys.seal(row.scope, record.id, row.data),
        row.scope or None,
        row.command,
    )
