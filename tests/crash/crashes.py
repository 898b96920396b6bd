"""Crashes of each part, and a company at work while they happen: for every layout of a site's processes."""

import asyncio
import signal
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from tests.crash.api import LONGEST_DELAY_S, Api, opened
from tests.crash.checker import faults
from tests.crash.conftest import Company
from tests.crash.fresh import look, verify_audit
from tests.crash.load import PATIENCE_S, Load, working
from tests.crash.outage import Outage, slowness
from tests.crash.processes import Part, find, kill
from tests.support.process_table import wait_until_gone
from tests.support.site_process import SiteProcess

Crash = Callable[[SiteProcess], Awaitable[object]]
PROCESS_S = 10.0
"""How long nobody may be answered after the loss of a process of ours, or of the bus, on an idle machine."""
DATABASE_S = 20.0
"""The same for the loss of the database, or of everything."""
BETWEEN_MESSAGES = 60
"""The load before each crash and after the last, so that there is something to lose on any machine."""


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
    found = faults(load.evidence)
    assert found == [], "\n".join(found)


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
