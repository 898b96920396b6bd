"""`kill -9` of everything in turn, while a company works: nothing is lost, doubled or reordered.

Crashes at random that overlap are told by `tests/slow/test_overlapping_crashes.py`.
"""

import pytest

from tests.crash.conftest import Company
from tests.crash.crashes import (
    BETWEEN_MESSAGES,
    DATABASE_S,
    PROCESS_S,
    Crash,
    a_company_at_work,
    check,
    kill_nats,
    kill_postgres,
    kill_supervisor_and_start_again,
    kill_web,
    kill_worker,
)
from tests.crash.processes import cut_writers_connection, kill_writers_backend

pytestmark = pytest.mark.slow

SLEPT_MESSAGES = 200


@pytest.mark.parametrize(
    ("crash", "times", "at_most_s"),
    [
        (kill_web, 2, PROCESS_S),
        (cut_writers_connection, 5, PROCESS_S),
        (kill_writers_backend, 3, DATABASE_S),
        (kill_postgres, 3, DATABASE_S),
        (kill_nats, 2, PROCESS_S),
        (kill_worker, 1, PROCESS_S),
        (kill_supervisor_and_start_again, 1, DATABASE_S),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
async def test_a_crash_under_load(company: Company, crash: Crash, times: int, at_most_s: float) -> None:
    async with a_company_at_work(company, crash.__name__) as load:
        await load.sleeper.sleep()
        for _ in range(times):
            await load.talk(BETWEEN_MESSAGES)
            check(await load.survive(crash.__name__, lambda: crash(company.site)), at_most_s)


async def test_who_slept_for_long_fetches_everything_and_misses_nothing(company: Company) -> None:
    async with a_company_at_work(company, "long sleep") as load:
        await load.sleeper.sleep()
        await load.talk(SLEPT_MESSAGES)
        load.sleeper.wake()
        await kill_web(company.site)
    assert len(load.sleeper.received.chapters) > 1
