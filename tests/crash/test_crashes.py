"""`kill -9` of everything, in turn and at random, while a company works: nothing is lost, doubled or reordered."""

import asyncio
import contextlib
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from time import monotonic

import asyncpg
import pytest

from tests.crash.api import LONGEST_DELAY_S, Api, opened
from tests.crash.checker import faults
from tests.crash.conftest import Company
from tests.crash.fresh import look, verify_audit
from tests.crash.load import PATIENCE_S, Load, working
from tests.crash.outage import Outage, slowness
from tests.crash.processes import Part, cut_writers_connection, find, kill, kill_writers_backend
from tests.support.process_table import wait_until_gone
from tests.support.site_process import SiteProcess

pytestmark = pytest.mark.slow

Crash = Callable[[SiteProcess], Awaitable[object]]
PROCESS_S = 10.0
"""How long nobody may be answered after the loss of a process of ours, or of the bus, on an idle machine."""
DATABASE_S = 20.0
"""The same for the loss of the database, or of everything."""
BETWEEN_MESSAGES = 60
"""The load before each crash and after the last, so that there is something to lose on any machine."""
SLEPT_MESSAGES = 200
LONGEST_PAUSE_S = 1.5
"""Between two crashes at random."""


async def kill_and_see_it_back(site: SiteProcess, part: Part) -> None:
    """`kill -9`, and wait until the supervisor has started another one."""
    killed = kill(site, part)
    assert killed is not None, f"{part} does not run"
    async with asyncio.timeout(PATIENCE_S):
        while (now := find(site, part)) is None or now.pid == killed.pid:
            await asyncio.sleep(0.02)


async def kill_web(site: SiteProcess) -> None:
    await kill_and_see_it_back(site, Part.WEB)


async def kill_worker(site: SiteProcess) -> None:
    await kill_and_see_it_back(site, Part.WORKER)


async def kill_nats(site: SiteProcess) -> None:
    await kill_and_see_it_back(site, Part.NATS)


async def kill_postgres(site: SiteProcess) -> None:
    await kill_and_see_it_back(site, Part.POSTGRES)


async def kill_supervisor_and_start_again(site: SiteProcess) -> None:
    """`kill -9` of the process above all others: they end by themselves, and the next start finds everything."""
    before = site.processes()
    site.send(signal.SIGKILL)
    await asyncio.to_thread(site.wait)
    left = await asyncio.to_thread(wait_until_gone, before, 15 * slowness())
    assert left == []
    await asyncio.to_thread(site.start)


def only_kill(part: Part) -> Crash:
    """A `kill -9` that waits for nothing, and does nothing while the process is down anyway."""

    async def strike(site: SiteProcess) -> None:
        kill(site, part)

    return strike


async def end_writers_backend_if_there_is_one(site: SiteProcess) -> None:
    with contextlib.suppress(OSError, asyncpg.PostgresError):  # there is no database to ask at the moment
        await kill_writers_backend(site)


STRIKES: list[Crash] = [*map(only_kill, Part), end_writers_backend_if_there_is_one]


@asynccontextmanager
async def a_company_at_work(company: Company, title: str) -> AsyncIterator[Load]:
    """The load before, during and after the block; then everything that was seen is judged."""
    said_before = len(company.site.all_output)
    async with opened(company.site.address) as api:
        async with working(api, company.site.address, company.people, title) as load:
            yield load
            await load.talk(BETWEEN_MESSAGES)
            await load.settle()
        await judge(api, company, load)
    load.evidence.unexpected += mistakes(company.site.all_output, said_before)
    assert faults(load.evidence) == []


async def judge(api: Api, company: Company, load: Load) -> None:
    """Look at the site as somebody new to it, and at its audit chain."""
    evidence = load.evidence
    await look(api, company.people, load.rooms, evidence)
    covered = await verify_audit(company.site)
    resyncs = sum(len(each.chapters) - 1 for each in evidence.received)
    resumes = sum(each.connections for each in evidence.received) - len(evidence.received)
    sent, answered = len(evidence.attempted), len(evidence.acknowledged)
    repeated = sum(each.repeated for each in load.outboxes)
    print(f"\n{answered} of {sent} messages answered, {repeated} of them when repeated; {covered} in the chain")
    print(f"{resumes} connections resumed, {resyncs} fetched everything anew")
    assert covered >= max(each.pos for each in evidence.acknowledged)


def mistakes(output: str, said_before: int) -> list[str]:
    """What the processes call an error: the crash of another one is none."""
    return [line for line in output[said_before:].splitlines() if '"level": "error"' in line]


def check(outage: Outage, at_most_s: float) -> None:
    allowed = at_most_s * slowness()
    print(f"{outage} (at most {allowed:.0f} s)")
    assert outage.answers_s <= allowed
    assert outage.delivery_s <= allowed + LONGEST_DELAY_S * 1.25  # a device may just have begun its longest wait


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
