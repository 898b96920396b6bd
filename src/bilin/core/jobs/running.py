"""Runs jobs in the worker, and enters what schedules have due."""

import asyncio
import logging
from collections.abc import Iterable
from datetime import UTC, datetime
from time import monotonic
from typing import Any, NoReturn

import msgspec
import structlog
from procrastinate import App, JobContext, RetryDecision
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job as Entered
from procrastinate.retry import BaseRetryStrategy
from procrastinate.worker import Worker

from bilin.core import database
from bilin.core.backoff import while_away
from bilin.core.jobs.connector import AsyncpgConnector
from bilin.core.jobs.declared import Job, Schedule
from bilin.core.jobs.deferring import QUEUE
from bilin.core.jobs.schedules import check_schedule, due_at, enter_due, next_in_s
from bilin.core.settings import DatabaseSettings
from bilin.core.site import Site

logger = structlog.get_logger(__name__)
# What goes wrong in it is raised to us, and said once: that a connection was lost is no mistake.
logging.getLogger("procrastinate").setLevel(logging.CRITICAL)

AT_ONCE = 4
FIRST_WAIT_S = 2.0
MAX_WAIT_S = 3600.0
FACTOR = 4
END_WITHIN_S = 2.0
HEARTBEAT_S = 10.0
POLL_S = 10.0
"""Seconds between looks for what was left for later and is due now, such as another attempt. What is new is told."""
STALLED_S = 40.0
"""Without a sign of life for so long, a worker is taken for dead, and its jobs run again."""
LOOK_S = 60.0
"""Seconds between looks at what is due, at most: the clock may be set meanwhile."""
BEGIN = """
WITH begun AS (
    UPDATE procrastinate_jobs SET queueing_lock = NULL WHERE id = $1 RETURNING id, task_name, scheduled_at)
INSERT INTO core.job_figure AS f (name, begun, failures, waited_s, ran_s)
SELECT task_name, 1, 0, greatest(0, extract(epoch FROM clock_timestamp() - coalesce(scheduled_at,
       (SELECT min(at) FROM procrastinate_events e WHERE e.job_id = begun.id AND type = 'deferred'))))::float8, 0
  FROM begun
ON CONFLICT (name) DO UPDATE SET begun = f.begun + 1, waited_s = f.waited_s + excluded.waited_s"""
"""Whoever is left with the same key from here on is another job: this one may not have seen why."""
END = "UPDATE core.job_figure SET ran_s = ran_s + $2::float8, failures = failures + $3::int WHERE name = $1"
TAKE_BACK = """
WITH dead AS (
    SELECT w.id FROM procrastinate_workers w WHERE last_heartbeat < now() - $1::float8 * interval '1 second'),
stalled AS (
    SELECT j.id FROM procrastinate_jobs j
     WHERE status = 'doing' AND (worker_id IS NULL OR worker_id IN (SELECT id FROM dead)) FOR UPDATE SKIP LOCKED)
UPDATE procrastinate_jobs j
   SET status = (CASE WHEN j.attempts + 1 >= coalesce(k.most, 1) THEN 'failed' ELSE 'todo' END
       )::procrastinate_job_status,
       attempts = j.attempts + 1, scheduled_at = now(), queueing_lock = NULL, worker_id = NULL
  FROM stalled s, procrastinate_jobs i LEFT JOIN unnest($2::text[], $3::int[]) AS k(name, most) ON k.name = i.task_name
 WHERE j.id = s.id AND i.id = j.id RETURNING j.id, j.task_name, j.status::text"""


class Retries(BaseRetryStrategy):
    """Ever longer waits; what was cut off begins again at once; what cannot be read is not tried again."""

    def __init__(self, attempts: int) -> None:
        self._attempts = attempts

    def get_retry_decision(self, *, exception: BaseException, job: Entered) -> RetryDecision | None:
        """None: it has failed for good."""
        if isinstance(exception, asyncio.CancelledError):
            return RetryDecision(retry_in={"seconds": 0})
        if isinstance(exception, msgspec.ValidationError) or job.attempts + 1 >= self._attempts:
            logger.error("job.failed", job=job.task_name, id=job.id, attempts=job.attempts + 1, reason=repr(exception))
            return None
        wait_s = min(MAX_WAIT_S, FIRST_WAIT_S * FACTOR**job.attempts)
        logger.warning("job.again", job=job.task_name, id=job.id, in_s=wait_s, reason=repr(exception))
        return RetryDecision(retry_in={"seconds": int(wait_s)})


class _WatchedWorker(Worker):
    """procrastinate's worker ends when one of its own loops fails, but watches them only until the first of them is
    done. Ours has no schedules of procrastinate's, so that loop would be done at once, and a worker without a sign of
    life would work on while another takes its jobs."""

    async def _periodic_deferrer(self) -> None:
        await asyncio.Event().wait()


class JobRunner:
    """Runs the jobs and schedules of the house, on one connection of its own. Two of them share the work."""

    def __init__(
        self,
        site: Site,
        jobs: Iterable[Job[Any]],
        schedules: Iterable[Schedule[Any]],
        *,
        heartbeat_s: float = HEARTBEAT_S,
        poll_s: float = POLL_S,
        stalled_s: float = STALLED_S,
    ) -> None:
        self._site, self._jobs, self._schedules = site, list(jobs), list(schedules)
        self._heartbeat_s, self._poll_s, self._stalled_s = heartbeat_s, poll_s, stalled_s
        for schedule in self._schedules:
            check_schedule(schedule)

    async def keep_running(self) -> None:
        """Until cancelled; begun anew whenever the connection is lost."""
        again = while_away()
        while True:
            try:
                await self.run()
            except* (ConnectorException, *database.CONNECTION_ERRORS, OSError) as lost:
                logger.warning("job.database_lost", reason=repr(lost.exceptions[0]))
            await again.wait()

    async def run(self) -> None:
        """Until cancelled. Raises when the connection is lost."""
        connector = AsyncpgConnector(self._site.settings[DatabaseSettings].url)
        try:
            await connector.open_async()
            async with asyncio.TaskGroup() as together:
                together.create_task(self._take_back(connector))
                together.create_task(self._enter(connector))
                together.create_task(self._work(connector))
        finally:
            await connector.close_async()

    async def _work(self, connector: AsyncpgConnector) -> NoReturn:
        app = App(connector=connector)
        for job in self._jobs:
            app.task(name=job.name, queue=QUEUE, pass_context=True, retry=Retries(job.attempts))(
                self._runs(connector, job)
            )
        worker = _WatchedWorker(
            app=app,
            queues=[QUEUE],
            concurrency=AT_ONCE,
            delete_jobs="successful",
            fetch_job_polling_interval=self._poll_s,
            install_signal_handlers=False,
            shutdown_graceful_timeout=END_WITHIN_S,
            update_heartbeat_interval=self._heartbeat_s,
            stalled_worker_timeout=self._stalled_s,
        )
        await worker.run()  # type: ignore[no-untyped-call]
        raise ConnectorException("the worker of jobs ended")

    def _runs(self, connector: AsyncpgConnector, job: Job[Any]) -> Any:
        async def run(context: JobContext, **arguments: Any) -> None:
            await connector.fetch(BEGIN, context.job.id)
            began, has_failed = monotonic(), True
            try:
                read = msgspec.convert(arguments, job.arguments)
                async with asyncio.timeout(job.limit_s):
                    await job.run(self._site, read)
                has_failed = False
            except asyncio.CancelledError:
                has_failed = False
                raise
            finally:
                await connector.fetch(END, job.name, monotonic() - began, int(has_failed))

        return run

    async def _take_back(self, connector: AsyncpgConnector) -> NoReturn:
        """Jobs of workers that died run again."""
        names, most = [job.name for job in self._jobs], [job.attempts for job in self._jobs]
        while True:
            for row in await connector.fetch(TAKE_BACK, self._stalled_s, names, most):
                logger.warning("job.taken_back", job=row["task_name"], id=row["id"], state=row["status"])
            await asyncio.sleep(self._stalled_s / 2)

    async def _enter(self, connector: AsyncpgConnector) -> NoReturn:
        """Enter each due time once."""
        entered: dict[str, int] = {}
        while True:
            now = datetime.now(UTC)
            for schedule in self._schedules:
                due = due_at(schedule, now)
                if entered.get(schedule.name) != due:
                    await enter_due(connector, schedule, due)
                    entered[schedule.name] = due
            await asyncio.sleep(min([LOOK_S, *(next_in_s(schedule, now) for schedule in self._schedules)]))
