"""When schedules are due, and entering what is due: once per due time, whoever does it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from croniter import croniter

from bilin.core.jobs.connector import AsyncpgConnector
from bilin.core.jobs.declared import Schedule
from bilin.core.jobs.deferring import QUEUE

ENTER = """
WITH known AS (
    SELECT EXISTS (SELECT FROM procrastinate_periodic_defers WHERE
                     task_name = $3::text AND periodic_id = $4::text AND defer_timestamp >= $5::bigint) AS is_done),
waiting AS (
    SELECT EXISTS (SELECT FROM procrastinate_jobs
                    WHERE task_name = $3::text AND lock = $2::text AND status = 'todo') AS is_there),
noted AS (
    INSERT INTO procrastinate_periodic_defers (task_name, periodic_id, defer_timestamp)
    SELECT $3::text, $4::text, $5::bigint FROM known, waiting WHERE NOT is_done AND is_there ON CONFLICT DO NOTHING)
SELECT procrastinate_defer_periodic_job_v2($1::text, $2::text, NULL, $3::text, 0, $4::text, $5::bigint, $6::jsonb) AS id
  FROM known, waiting WHERE NOT is_done AND NOT is_there"""
"""One that waits still, or for its next attempt, does what is due now as well."""


def due_at(schedule: Schedule[Any], now: datetime) -> int:
    """The last due time until now, in seconds since 1970."""
    if schedule.every_s:
        return int(now.timestamp()) // schedule.every_s * schedule.every_s
    local = now.astimezone(ZoneInfo(schedule.zone)).replace(microsecond=0) + timedelta(seconds=1)
    found: datetime = croniter(schedule.cron, local).get_prev(datetime)
    return int(found.timestamp())


def next_in_s(schedule: Schedule[Any], now: datetime) -> float:
    """Seconds until it is due next."""
    if schedule.every_s:
        return schedule.every_s - now.timestamp() % schedule.every_s
    found: datetime = croniter(schedule.cron, now.astimezone(ZoneInfo(schedule.zone))).get_next(datetime)
    return found.timestamp() - now.timestamp()


def check_schedule(schedule: Schedule[Any]) -> None:
    """Raises `ValueError` for one that is never due, or of which it is not clear when."""
    if bool(schedule.cron) == (schedule.every_s > 0):
        raise ValueError(f"{schedule.name}: either cron or every_s")
    try:
        due_at(schedule, datetime.now(UTC))
    except (KeyError, ValueError) as wrong:  # an unknown zone is a KeyError
        raise ValueError(f"{schedule.name}: {wrong}") from wrong


async def enter_due(connector: AsyncpgConnector, schedule: Schedule[Any], due: int) -> None:
    """Leave the job of a due time, unless somebody did."""
    lock = schedule.job.lock(schedule.arguments) or f"schedule:{schedule.name}"
    arguments = msgspec.to_builtins(schedule.arguments)
    await connector.fetch(ENTER, QUEUE, lock, schedule.job.name, schedule.name, due, arguments)
