"""`kill -9` of everything, in turn and at random, while a company works: nothing is lost, doubled or reordered."""

import asyncio
import contextlib
import random
from time import monotonic

import asyncpg
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
from tests.crash.processes import SMALL, Part, cut_writers_connection, kill, kill_writers_backend
from tests.support.site_process import SiteProcess

pytestmark = pytest.mark.slow

SLEPT_MESSAGES = 200
LONGEST_PAUSE_S = 1.5
"""Between two crashes at random."""


def only_kill(part: Part) -> Crash:
    """A `kill -9` that waits for nothing, and does nothing while the process is down anyway."""

    async def strike(site: SiteProcess) -> None:
        kill(site, part)

    return strike


async def end_writers_backend_if_there_is_one(site: SiteProcess) -> None:
    with contextlib.suppress(OSError, asyncpg.PostgresError):  # there is no database to ask at the moment
        await kill_writers_backend(site)


STRIKES: list[Crash] = [*map(only_kill, SMALL), end_writers_backend_if_there_is_one]


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


@pytest.mark.parametrize("seed", [20261122])
async def test_crashes_at_random_that_overlap(company: Company, seed: int) -> None:
    """Nobody waits for one crash to be over before the next: the web process dies while the database recovers, …"""
    chance = random.Random(seed)  # noqa: S311
    strikes = chance.sample(STRIKES, len(STRIKES)) + chance.sample(STRIKES, len(STRIKES))
    strikes.insert(chance.randrange(3, len(strikes) - 3), kill_supervisor_and_start_again)
    async with a_company_at_work(company, f"seed {seed}") as load:
        for strike in strikes:
            await strike(company.site)
            await asyncio.sleep(chance.uniform(0, LONGEST_PAUSE_S))
        await load.everybody_is_served(monotonic())
        print(f"{len(strikes)} crashes")
