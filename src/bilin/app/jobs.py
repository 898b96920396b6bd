"""How jobs do, and getting rid of what is left of them: what everybody's jobs need. See `bilin.core.jobs`."""

from collections.abc import AsyncIterator
from typing import Final

import structlog
from prometheus_client import Gauge

from bilin.core import telemetry
from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.database import Pool, reading
from bilin.core.errors import Unavailable
from bilin.core.jobs import JOBS, Arguments, Job, Schedule
from bilin.core.module import FIRST_QUESTIONS, Feature, Module
from bilin.core.site import Site

logger = structlog.get_logger(__name__)

NAME: Final = "core.jobs"
KEEP_DAYS = 30
LATE_S = 900
STATES: Final = {"todo": "waiting", "doing": "running", "failed": "failed"}
SELECT_STATES = """
SELECT task_name AS name, status::text AS state, count(*) AS count,
       coalesce(max(greatest(0, extract(epoch FROM now() - coalesce(scheduled_at, (SELECT min(at)
         FROM jobs.procrastinate_events e WHERE e.job_id = j.id AND type = 'deferred'))))), 0)::float8 AS age_s
  FROM jobs.procrastinate_jobs j WHERE status IN ('todo', 'doing', 'failed') GROUP BY 1, 2 ORDER BY 1, 2"""
SELECT_FIGURES = "SELECT * FROM core.job_figure"
HAS_JOBS = "SELECT to_regclass('core.job_figure') IS NOT NULL"
FORGET_FAILED = """
DELETE FROM jobs.procrastinate_jobs j WHERE status NOT IN ('todo', 'doing') AND NOT EXISTS (
    SELECT FROM jobs.procrastinate_events e WHERE e.job_id = j.id AND e.at > now() - $1::int * interval '1 day')"""

in_state = Gauge("bilin_jobs", "Jobs that wait, run or have failed", ["job", "state"], registry=telemetry.of_site)
oldest = Gauge(
    "bilin_job_overdue_seconds", "How long the oldest due job has waited", ["job"], registry=telemetry.of_site
)
FIGURES: Final = {
    column: Gauge(f"bilin_job_{name}", said, ["job"], registry=telemetry.of_site)
    for column, name, said in (
        ("begun", "attempts", "Attempts that were begun, ever"),
        ("failures", "failures", "Attempts that failed, ever"),
        ("waited_s", "waited_seconds", "Seconds from due until begun, summed up"),
        ("ran_s", "ran_seconds", "Seconds that attempts took, summed up"),
    )
}


async def measure(pool: Pool) -> None:
    """Ask the database how jobs do: they run in another process than the one that is asked for metrics."""
    try:
        async with reading(pool) as db:
            states, figures = await db.fetch(SELECT_STATES), await db.fetch(SELECT_FIGURES)
    except Unavailable:
        return
    for gauge in (in_state, oldest, *FIGURES.values()):
        gauge.clear()
    for name in JOBS:
        for state in STATES.values():
            in_state.labels(name, state).set(0)
        oldest.labels(name).set(0)
    for row in states:
        in_state.labels(row["name"], STATES[row["state"]]).set(row["count"])
        if row["state"] == "todo":
            oldest.labels(row["name"]).set(row["age_s"])
    for row in figures:
        for column, gauge in FIGURES.items():
            gauge.labels(row["name"]).set(row[column])


async def look_at_jobs(examined: Examined) -> AsyncIterator[Observation]:
    """Whether what should run later does."""
    if examined.pool is None:
        yield unchecked(NAME, "Jobs are in the database, which cannot be reached.")
        return
    async with reading(examined.pool) as db:
        rows = await db.fetch(SELECT_STATES) if await db.fetchval(HAS_JOBS) else ()
    is_well = True
    for row in rows:
        if row["state"] == "failed":
            is_well = False
            said = f"{row['count']} of the jobs {row['name']} failed, and will not be tried again."
            yield broken(NAME, said, "Look for job.failed in the logs of `bilin serve`; the reason is there.")
        elif row["state"] == "todo" and row["age_s"] > LATE_S:
            is_well = False
            said = f"A job {row['name']} has been due for {row['age_s'] / 60:.0f} min."
            yield warning(NAME, said, "Does `bilin serve` run? Look for job.again in its logs.")
    if is_well:
        yield well(NAME, f"{sum(row['count'] for row in rows)} jobs wait or run, none failed or is late.")


async def _forget_failed(site: Site, _: Arguments) -> None:
    async with reading(site.pool) as db:
        logger.info("job.forgotten", what=await db.execute(FORGET_FAILED, KEEP_DAYS))


forget_failed = Job(name="core.forget_failed_jobs", arguments=Arguments, run=_forget_failed)
nightly = Schedule(name="core.forget_failed_jobs", job=forget_failed, arguments=Arguments(), cron="40 3 * * *")
module = Module(
    "app",
    features=[
        Feature(
            name="jobs",
            none=FIRST_QUESTIONS - {"checks", "jobs", "schedules"},
            checks=(look_at_jobs,),
            jobs=(forget_failed,),
            schedules=(nightly,),
        )
    ],
)
