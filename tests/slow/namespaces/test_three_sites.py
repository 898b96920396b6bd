"""Three real sites, load at each, and a line that drops packets: nothing is lost, doubled or shown to the wrong people.

Judged from outside alone, by what people send, receive and are shown.
"""

import asyncio
import itertools
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from tests.crash.api import Api, NoAnswer
from tests.crash.checker import faults
from tests.crash.outage import slowness
from tests.slow.namespaces.company import HEADQUARTERS, PATIENCE_S, PEOPLE, ROOMS, SHANGHAI, SHENZHEN, Company
from tests.slow.namespaces.country import PlacedSite
from tests.slow.namespaces.disk import full
from tests.slow.namespaces.work import Work, differences, working
from tests.support.process_table import wait_until_gone

pytestmark = [pytest.mark.slow, pytest.mark.asyncio(loop_scope="module")]

MESSAGES = 25
"""Acknowledged at each site between two things that happen."""


async def kill_and_start(site: PlacedSite) -> None:
    """`kill -9` of a whole site, and another start of it."""
    before = site.processes()
    site.send(signal.SIGKILL)
    await asyncio.to_thread(site.wait)
    assert await asyncio.to_thread(wait_until_gone, before, 15 * slowness()) == []
    await asyncio.to_thread(site.start)


@asynccontextmanager
async def judged(company: Company, title: str, *, troubled: int = 0) -> AsyncIterator[Work]:
    """Work before, during and after the block; then everything that was seen is judged. A troubled site may say so."""
    said = {number: len(site.all_output) for number, site in company.sites.items()}
    async with working(company, title) as work:
        await work.talk(MESSAGES)
        yield work
        await work.talk(MESSAGES)
        await work.settle()
        print(f"\n{title}: all sites equal {await work.equal():.1f} s after the last message")
        await work.look()
    assert [fault for site in work.evidence.values() for fault in faults(site)] == []
    assert list(differences(work)) == []
    await nobody_else_sees(company, work)
    await verified(company)
    for number, site in company.sites.items():
        mistakes = [line for line in site.all_output[said[number] :].splitlines() if '"level": "error"' in line]
        assert mistakes == [] or number == troubled


async def nobody_else_sees(company: Company, work: Work) -> None:
    """Who is not in a conversation does not even learn that it is there, at whatever site."""
    for name, members in ROOMS.items():
        for login in company.people:
            assert await company.may_see(login, work.rooms[name]) == (login in members)


async def verified(company: Company) -> None:
    """The sites themselves say that they are equal, too."""
    founder = company.people[ROOMS["everybody"][0]]
    for other in (SHANGHAI, SHENZHEN):
        verdict = await company.apis[HEADQUARTERS].call("POST", "/sites/verify", founder.token, {"site": other})
        assert verdict["equal"], verdict
        # Nobody sends a file here: the events of files are compared in `tests/convergence`.
        assert all(each["compared"] > 0 for each in verdict["modules"] if each["module"] != "files"), verdict


async def test_both_sides_of_a_cut_go_on_and_merge(company: Company) -> None:
    """Both branches are cut off; one of them is killed and starts while it is alone."""
    line = company.country
    async with judged(company, "cut") as work:
        line.cut(HEADQUARTERS, SHANGHAI)
        line.cut(HEADQUARTERS, SHENZHEN)
        await work.talk(MESSAGES)
        await kill_and_start(company.sites[SHANGHAI])
        await work.talk(MESSAGES)
        dropped = line.packets()[1]
        assert dropped > 0
        line.mend(HEADQUARTERS, SHANGHAI)
        line.mend(HEADQUARTERS, SHENZHEN)
        print(f"\n{dropped} packets dropped; heard across {await work.heard_across():.1f} s after the line was back")


async def test_headquarters_is_killed_while_one_direction_is_cut(company: Company) -> None:
    """What a branch sends is dropped, what headquarters sends arrives; then headquarters dies and comes back."""
    line = company.country
    async with judged(company, "one way") as work:
        line.cut_one_way(SHANGHAI, HEADQUARTERS)
        await work.talk(MESSAGES)
        killing = asyncio.create_task(kill_and_start(company.sites[HEADQUARTERS]))
        await work.talk(MESSAGES, SHANGHAI, SHENZHEN)
        await killing
        line.mend(HEADQUARTERS, SHANGHAI)
        print(f"\nheard across {await work.heard_across():.1f} s after the line was back")


@pytest.mark.parametrize("round_trip_ms", [40, 150])
async def test_a_long_line_is_only_late(company: Company, round_trip_ms: int) -> None:
    line = company.country
    for branch in (SHANGHAI, SHENZHEN):
        line.add_round_trip(HEADQUARTERS, branch, round_trip_ms)
    try:
        async with judged(company, f"{round_trip_ms} ms") as work:
            began = monotonic()
            await work.heard_across()
            assert monotonic() - began >= round_trip_ms / 2000
    finally:
        for branch in (SHANGHAI, SHENZHEN):
            line.add_round_trip(HEADQUARTERS, branch, 0)


async def test_a_full_disk_at_one_site_stops_nobody_else(company: Company) -> None:
    """Its people are told to try again, it follows nobody for a while, and goes on by itself when there is room."""
    site, person = company.sites[SHENZHEN], company.people[PEOPLE[SHENZHEN][0]]
    async with judged(company, "full disk", troubled=SHENZHEN) as work:
        with full(site):
            told = await refusal(company.apis[SHENZHEN], person.token)
            print(f"\ntold: {told}")
            assert "core.out_of_resources" in told
            await work.talk(MESSAGES, HEADQUARTERS, SHANGHAI)
            assert site.is_running
        began = monotonic()
        await work.talk(1, SHENZHEN)
        print(f"sent again {monotonic() - began:.1f} s after there was room")
        print(f"heard across after {await work.heard_across():.1f} s")


async def refusal(api: Api, token: str) -> str:
    """What somebody is told who changes something small, again and again, until nothing fits any more."""
    async with asyncio.timeout(PATIENCE_S):
        for scale in itertools.cycle(range(90, 131)):
            try:
                await api.once("PATCH", "/me/preferences", token, {"text_scale": scale})
            except NoAnswer as refused:
                return str(refused)
    raise AssertionError("unreachable")
