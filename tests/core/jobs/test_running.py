"""Jobs on a real database: locks, retries, what cannot be read, workers that die, schedules that were missed."""

import asyncio
import sys
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from bilin.app.jobs import forget_failed, look_at_jobs, measure
from bilin.core import telemetry
from bilin.core.checks import Examined
from bilin.core.database import Pool
from bilin.core.jobs import Arguments, Job, Schedule, defer, running
from bilin.core.jobs.deferring import QUEUE
from bilin.core.jobs.running import JobRunner
from bilin.core.settings import DatabaseSettings, Settings
from bilin.core.site import Site, open_site

ENTERED = "SELECT count(*) FROM jobs.procrastinate_jobs"
STATE = "SELECT status::text FROM jobs.procrastinate_jobs"
RAW = """
SELECT jobs.procrastinate_defer_jobs_v1(
    ARRAY[ROW($1::text, $2::text, 0, NULL, NULL, $3::text::jsonb, NULL)::jobs.procrastinate_job_to_defer_v1])"""


class Of(Arguments, frozen=True):
    record: int
    added: int = 0
    """A field of a later release."""


@pytest.fixture
async def site(settings: Settings) -> AsyncIterator[Site]:
    opened = await open_site(settings)
    yield opened
    await opened.close()


@asynccontextmanager
async def working(site: Site, *jobs: Job[Any], schedules: tuple[Schedule[Any], ...] = ()) -> AsyncIterator[None]:
    """A worker of jobs, as the process keeps it."""
    runner = JobRunner(site, jobs, schedules, heartbeat_s=0.2, poll_s=0.2, stalled_s=1.5)
    task = asyncio.create_task(runner.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def until(is_so: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await is_so():
            await asyncio.sleep(0.02)


def is_empty(pool: Pool) -> Callable[[], Awaitable[bool]]:
    async def look() -> bool:
        return bool(await pool.fetchval(ENTERED) == 0)

    return look


async def leave(site: Site, job: Job[Any], arguments: Arguments, **more: Any) -> bool:
    async with site.pool.acquire() as db, db.transaction():
        return await defer(db, job, arguments, **more)


def job(run: Callable[[Site, Of], Awaitable[None]], **more: Any) -> "Job[Of]":
    return Job(name="test.job", arguments=Of, run=run, **more)


async def test_it_is_left_with_the_transaction_or_not_at_all(site: Site) -> None:
    done: list[int] = []

    async def run(_: Site, of: Of) -> None:
        done.append(of.record)

    declared = job(run)
    with suppress(RuntimeError):
        async with site.pool.acquire() as db, db.transaction():
            await defer(db, declared, Of(1))
            raise RuntimeError
    assert await leave(site, declared, Of(2), key="two")
    assert not await leave(site, declared, Of(2), key="two"), "one with this key waits"
    async with working(site, declared):
        await until(is_empty(site.pool))
    assert done == [2]
    assert await leave(site, declared, Of(2), key="two"), "it was done"


async def test_one_record_is_worked_on_by_one_job(site: Site) -> None:
    at_work: Counter[int] = Counter()
    most: Counter[int] = Counter()
    beside: set[int] = set()

    async def run(_: Site, of: Of) -> None:
        at_work[of.record] += 1
        most[of.record] = max(most[of.record], at_work[of.record])
        beside.add(sum(1 for count in at_work.values() if count))
        await asyncio.sleep(0.05)
        at_work[of.record] -= 1

    declared = job(run, record=lambda of: f"record:{of.record}")
    other = Job(name="test.other", arguments=Of, run=run, record=lambda of: f"record:{of.record}")
    for number in range(12):
        await leave(site, other if number % 3 else declared, Of(number % 2))
    async with working(site, declared, other), working(site, declared, other):
        await until(is_empty(site.pool))
    assert most == {0: 1, 1: 1}
    assert 2 in beside


async def test_it_is_tried_again_and_in_the_end_given_up(
    site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "FIRST_WAIT_S", 0.0)
    tries: Counter[int] = Counter()

    async def run(_: Site, of: Of) -> None:
        tries[of.record] += 1
        if of.record == 1 and tries[1] < 3:
            raise RuntimeError("not yet")
        if of.record == 2:
            await asyncio.sleep(60)

    declared = job(run, attempts=3, limit_s=0.05)
    await leave(site, declared, Of(1), key="same")
    async with working(site, declared):
        await until(is_empty(site.pool))
        await leave(site, declared, Of(2))

        async def has_failed() -> bool:
            return bool(await site.pool.fetchval(STATE) == "failed")

        await until(has_failed)
    assert tries == {1: 3, 2: 3}
    figures = await site.pool.fetchrow("SELECT * FROM core.job_figure")
    assert figures is not None
    assert (figures["begun"], figures["failures"]) == (6, 5)
    assert 0 <= figures["waited_s"] < 60

    await measure(site.pool)
    assert telemetry.of_site.get_sample_value("bilin_jobs", {"job": "test.job", "state": "failed"}) == 1
    assert telemetry.of_site.get_sample_value("bilin_job_failures", {"job": "test.job"}) == 5
    assert telemetry.of_site.get_sample_value("bilin_jobs", {"job": "messaging.reseal", "state": "failed"}) == 0
    found = [each async for each in look_at_jobs(Examined(settings, Path(), site.pool))]
    assert [(each.health, "test.job" in each.said) for each in found] == [("broken", True)]

    await forget_failed.run(site, Arguments())
    assert await site.pool.fetchval(ENTERED) == 1, "whoever looks tomorrow still sees it"
    await site.pool.execute("UPDATE jobs.procrastinate_events SET at = at - interval '31 days'")
    await forget_failed.run(site, Arguments())
    assert await site.pool.fetchval(ENTERED) == 0


def test_waits_grow() -> None:
    def wait_s(attempts: int) -> float:
        entered: Any = type("Entered", (), {"attempts": attempts, "id": 1, "task_name": "test.job"})
        decision = running.Retries(100).get_retry_decision(exception=RuntimeError(), job=entered)
        assert decision is not None
        assert decision.retry_at is not None
        return round((decision.retry_at - type(decision.retry_at).now(decision.retry_at.tzinfo)).total_seconds())

    assert [wait_s(attempts) for attempts in (0, 1, 2, 3, 20)] == [2, 8, 32, 128, 3600]


@pytest.mark.parametrize(
    ("arguments", "is_read"),
    [
        ('{"record": 7}', True),  # of a release before `added`
        ('{"record": 7, "later": 1}', False),
        ('{"record": "7"}', False),
        ("{}", False),
    ],
)
async def test_arguments_of_another_release(site: Site, arguments: str, is_read: bool) -> None:
    done: list[Of] = []

    async def run(_: Site, of: Of) -> None:
        done.append(of)

    await site.pool.execute(RAW, QUEUE, "test.job", arguments)
    async with working(site, job(run)):

        async def has_ended() -> bool:
            return await site.pool.fetchval(STATE) in {None, "failed"}

        await until(has_ended)
    assert done == ([Of(7)] if is_read else [])
    assert await site.pool.fetchval(ENTERED) == (0 if is_read else 1), "what was refused is seen"


async def test_what_is_cut_off_runs_again(site: Site) -> None:
    begun: list[int] = []
    is_slow = True

    async def run(_: Site, of: Of) -> None:
        begun.append(of.record)
        if is_slow:
            await asyncio.sleep(60)

    declared = job(run, attempts=1)

    async def has_begun() -> bool:
        return bool(begun)

    await leave(site, declared, Of(3))
    async with working(site, declared):
        await until(has_begun)
    is_slow = False
    async with working(site, declared):
        await until(is_empty(site.pool))
    assert begun == [3, 3]


DIES = """
import asyncio, os, signal, sys
from bilin.app.modules import assemble_house
from bilin.core.jobs import Job
from bilin.core.jobs.running import JobRunner
from bilin.core.settings import load_settings
from bilin.core.site import Site
from tests.core.jobs.test_running import Of
class Bare: pass
async def run(site, of):
    os.kill(os.getpid(), signal.SIGKILL)
async def main():
    from bilin.core.settings import DatabaseSettings
    site = Bare(); site.settings = {DatabaseSettings: Bare()}; site.settings[DatabaseSettings].url = sys.argv[1]
    jobs = [Job(name="test.job", arguments=Of, run=run)]
    await JobRunner(site, jobs, [], heartbeat_s=0.2, poll_s=0.2, stalled_s=1.5).run()
asyncio.run(main())
"""


async def test_a_worker_that_is_killed(site: Site) -> None:
    done: list[int] = []

    async def run(_: Site, of: Of) -> None:
        done.append(of.record)

    declared = job(run)
    await leave(site, declared, Of(4))
    url = site.settings[DatabaseSettings].url
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", DIES, url, cwd=Path(__file__).parents[3])
    assert await process.wait() == -9
    assert await site.pool.fetchval(STATE) == "doing"
    async with working(site, declared):
        await until(is_empty(site.pool))
    assert done == [4]


async def test_a_job_that_kills_its_worker_is_given_up(site: Site) -> None:
    async def run(_: Site, __: Of) -> None:
        raise AssertionError("it was given up")

    declared = job(run, attempts=1)
    await leave(site, declared, Of(4))
    await site.pool.execute("UPDATE jobs.procrastinate_jobs SET status = 'doing'")
    async with working(site, declared):

        async def has_failed() -> bool:
            return bool(await site.pool.fetchval(STATE) == "failed")

        await until(has_failed)


async def test_a_worker_that_cannot_show_signs_of_life_ends(site: Site) -> None:
    """Else another takes its jobs for those of a dead one, and both run them."""
    await site.pool.execute("ALTER FUNCTION jobs.procrastinate_update_heartbeat_v1 RENAME TO gone")
    runner = JobRunner(site, [], [], heartbeat_s=0.05)
    with pytest.raises(ExceptionGroup):
        await asyncio.wait_for(runner.run(), 30)


async def test_the_database_goes_away(site: Site) -> None:
    """Connections are lost while a job runs: whoever keeps the runner begins it anew, and the job runs again."""
    begun: list[int] = []

    async def run(_: Site, of: Of) -> None:
        begun.append(of.record)
        if len(begun) == 1:
            await site.pool.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )

    declared = job(run)
    await leave(site, declared, Of(5))
    runner = JobRunner(site, [declared], [], heartbeat_s=0.2, poll_s=0.2, stalled_s=1.5)
    site.keep("jobs", runner.run)

    async def is_done() -> bool:
        try:
            return await is_empty(site.pool)()
        except Exception:
            return False

    await until(is_done)
    assert begun == [5, 5]


async def test_a_schedule_that_was_missed_runs_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """However many due times passed, and however many workers look."""
    monkeypatch.setattr(running, "LOOK_S", 0.02)
    now = 1_000_000
    monkeypatch.setattr(running, "due_at", lambda *_: now // 100)
    done: list[int] = []

    async def run(_: Site, of: Of) -> None:
        done.append(of.record)

    declared = job(run)
    often = Schedule(name="often", job=declared, arguments=Of(6), every_s=60)

    def has_run(times: int) -> Callable[[], Awaitable[bool]]:
        async def look() -> bool:
            return len(done) >= times

        return look

    async with working(site, declared, schedules=(often,)), working(site, declared, schedules=(often,)):
        await until(has_run(1))
        await asyncio.sleep(0.3)
        assert done == [6]
        now += 100
        await until(has_run(2))
    now += 100_000  # off for a long time
    async with working(site, declared, schedules=(often,)), working(site, declared, schedules=(often,)):
        await until(has_run(3))
        await asyncio.sleep(0.3)
    assert len(done) == 3
