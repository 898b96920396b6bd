"""What a job may be declared with, and when schedules are due."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from bilin.core import house
from bilin.core.jobs import JOBS, SCHEDULES, Arguments, Job, Schedule, check
from bilin.core.jobs.schedules import check_schedule, due_at, next_in_s
from bilin.core.site import Site


class Ids(Arguments, frozen=True):
    conversation: int
    people: tuple[int, ...] = ()


class Words(Arguments, frozen=True):
    text: str


class Nested(Arguments, frozen=True):
    words: list[str]


async def nothing(_: Site, __: Arguments) -> None:
    """No work."""


def schedule(cron: str = "", every_s: int = 0, zone: str = "UTC") -> "Schedule[Arguments]":
    job = Job(name="test.nothing", arguments=Arguments, run=nothing)
    return Schedule(name="test", job=job, arguments=Arguments(), cron=cron, every_s=every_s, zone=zone)


def test_arguments_are_ids() -> None:
    check(Job(name="test.ids", arguments=Ids, run=nothing))
    for unsealed in (Words, Nested):
        with pytest.raises(ValueError, match="not sealed"):
            check(Job(name="test.words", arguments=unsealed, run=nothing))


def test_every_job_of_the_house_may_be_declared_so() -> None:
    assert house.modules()
    assert {"messaging.reseal", "core.forget_failed_jobs"} <= JOBS.keys()
    for job in JOBS.values():
        check(job)
    for each in SCHEDULES.values():
        check_schedule(each)
        assert JOBS[each.job.name] is each.job


@pytest.mark.parametrize(
    ("declared", "now", "due"),
    [
        (schedule(every_s=3600), datetime(2026, 3, 1, 10, 59, 59, tzinfo=UTC), datetime(2026, 3, 1, 10, tzinfo=UTC)),
        (schedule("40 3 * * *"), datetime(2026, 3, 1, 3, 40, tzinfo=UTC), datetime(2026, 3, 1, 3, 40, tzinfo=UTC)),
        (schedule("40 3 * * *"), datetime(2026, 3, 1, 3, 39, tzinfo=UTC), datetime(2026, 2, 28, 3, 40, tzinfo=UTC)),
        (
            schedule("0 8 * * *", zone="Asia/Shanghai"),
            datetime(2026, 3, 1, 0, 0, tzinfo=UTC),
            datetime(2026, 3, 1, 0, 0, tzinfo=UTC),
        ),
        (  # from March 29 on Berlin is two hours ahead
            schedule("0 8 * * *", zone="Europe/Berlin"),
            datetime(2026, 3, 29, 7, 0, tzinfo=UTC),
            datetime(2026, 3, 29, 6, 0, tzinfo=UTC),
        ),
    ],
)
def test_when_it_is_due(declared: "Schedule[Arguments]", now: datetime, due: datetime) -> None:
    assert due_at(declared, now) == int(due.timestamp())
    before = due_at(declared, due - timedelta(seconds=1))
    assert due_at(declared, now) - before == next_in_s(declared, datetime.fromtimestamp(before, UTC))


@pytest.mark.parametrize(
    "wrong",
    [schedule(), schedule("* * * * *", every_s=5), schedule("99 * * * *"), schedule("* * * * *", zone="Asia/Nowhere")],
)
def test_a_schedule_that_is_never_due(wrong: "Schedule[Arguments]") -> None:
    with pytest.raises(ValueError, match=r"^test: "):
        check_schedule(wrong)


def test_no_library_of_the_system_is_needed() -> None:
    """procrastinate loads psycopg, which brings its own libpq."""
    look = "import bilin.core.jobs.running, psycopg; print(psycopg.pq.__impl__)"
    environment = os.environ | {"PSYCOPG_IMPL": "binary"}
    said = subprocess.run([sys.executable, "-c", look], env=environment, capture_output=True, check=True)
    assert said.stdout == b"binary\n"
