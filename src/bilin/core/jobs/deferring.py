"""Leaving a job for later, in the transaction of whoever leaves it: it is there when that is committed, else not."""

import asyncpg
import msgspec

from bilin.core.database import Connection
from bilin.core.jobs.declared import A, Job

QUEUE = "bilin"
DEFER = """
SELECT jobs.procrastinate_defer_jobs_v1(ARRAY[ROW(
    $1::text, $2::text, 0, $3::text, $4::text, $5::text::jsonb,
    CASE WHEN $6::float8 > 0 THEN clock_timestamp() + $6::float8 * interval '1 second' END
)::jobs.procrastinate_job_to_defer_v1])"""


async def defer(db: Connection, job: Job[A], arguments: A, *, key: str | None = None, after_s: float = 0) -> bool:
    """Leave a job for the worker. Returns false when one with this key waits already: then nothing is added.

    Call it in an open transaction (`Follower.follow` is in one).
    """
    lock = job.lock(arguments)
    encoded = msgspec.json.encode(arguments).decode()
    try:
        async with db.transaction():
            await db.execute(DEFER, QUEUE, job.name, lock, key and f"{job.name}:{key}", encoded, float(after_s))
    except asyncpg.UniqueViolationError:
        return False
    return True
