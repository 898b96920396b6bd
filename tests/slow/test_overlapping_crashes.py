"""`kill -9` of everything at random, one crash on top of the other: `tests/crash` waits for each to be over."""

import asyncio
import contextlib
import random
from time import monotonic

import asyncpg
import pytest

from tests.crash.conftest import Company, company, founded
from tests.crash.crashes import Crash, a_company_at_work, kill_supervisor_and_start_again
from tests.crash.processes import SMALL, Part, kill, kill_writers_backend
from tests.support.site_process import SiteProcess

__all__ = ["company", "founded"]

pytestmark = pytest.mark.slow

LONGEST_PAUSE_S = 1.5
"""Between two crashes."""


def only_kill(part: Part) -> Crash:
    """A `kill -9` that waits for nothing, and does nothing while the process is down anyway."""

    async def strike(site: SiteProcess) -> None:
        kill(site, part)

    return strike


async def end_writers_backend_if_there_is_one(site: SiteProcess) -> None:
    with contextlib.suppress(OSError, asyncpg.PostgresError):  # there is no database to ask at the moment
        await kill_writers_backend(site)


STRIKES: list[Crash] = [*map(only_kill, SMALL), end_writers_backend_if_there_is_one]


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
