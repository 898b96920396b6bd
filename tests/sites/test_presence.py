"""Presence, typing and the state of the lines, over two sites."""

from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any, cast

import pytest

from bilin.core.ids import Id
from bilin.gateway.presence import MOST_GATEWAYS, Presence, State
from bilin.gateway.presence_exchange import People, PresenceExchange
from tests.identity.office import Browser
from tests.sites.company import Company, group, say, until
from tests.sites.sockets import Client, gateway_of, live


class Pair:
    """The boss at headquarters and Li Na at site 2, each with a socket, and the group that both are in."""

    def __init__(self, company: Company, boss: Client, li: Client, people: tuple[str, str], room: str) -> None:
        self.company, self.boss, self.li, self.room = company, boss, li, room
        self.boss_id, self.li_id = people

    async def see(self, watcher: Client, person: str, state: str) -> None:
        """Wait until somebody is shown so."""
        await watcher.say(t="watch", people=[person])
        while (await watcher.hear("presence"))["people"].get(person) != state:
            pass


@pytest.fixture
async def colleague(two: Company) -> tuple[Browser, str, str]:
    """Li Na, who works at site 2, her id and her unit."""
    shanghai = await two.branch("上海", 2)
    li = await two.hire("李娜", "li.na", shanghai)
    await two.move(shanghai, 2)
    await two.settle()
    await until(lambda: two[1].network.is_reachable(2) and two[2].network.is_reachable(1), "no line")
    return await two[2].office.sign_in("li.na"), li, shanghai


@pytest.fixture
async def pair(two: Company, colleague: tuple[Browser, str, str]) -> AsyncIterator[Pair]:
    browser, li, _ = colleague
    room = await group(two.boss, "周会", li)
    await two.settle()
    async with (
        gateway_of(two[1]) as headquarters,
        gateway_of(two[2]) as branch,
        live(headquarters, two.boss) as boss,
        live(branch, browser) as at_branch,
    ):
        yield Pair(two, boss, at_branch, (two.headquarters.office.boss_id, li), room)


def test_a_site_fills_nobodys_memory_with_people_and_gateways_of_its_own() -> None:
    """Another site may pass on whatever it likes: what is kept is about people of the company."""
    here: Any = SimpleNamespace(bus=None, number=1)
    presence = Presence(here, 5)
    exchange = object.__new__(PresenceExchange)
    exchange._presence = presence
    exchange._homes = cast("Any", SimpleNamespace(now=SimpleNamespace(people={7: 1})))
    for gateway in range(2 * MOST_GATEWAYS):
        made_up = dict.fromkeys(range(10_000 * gateway, 10_000 * gateway + 100), 2)
        exchange._hear_people(2, People(gateway, False, False, made_up | {7: 1}))
    exchange._hear_people(2, People(0, False, False, {7: 2, 8: 2}))
    exchange._hear_people(3, People(1, False, False, {7: 1}))
    assert len(presence._others) == MOST_GATEWAYS + 1
    assert all(set(people) == {7} for people in presence._others.values())
    assert presence.state(7) == State.ONLINE


async def test_people_see_each_other_until_the_line_is_cut_and_again_after(pair: Pair) -> None:
    await pair.see(pair.boss, pair.li_id, "online")
    await pair.see(pair.li, pair.boss_id, "online")
    await pair.li.say(t="active", active=False)
    assert (await pair.boss.hear("presence"))["people"] == {pair.li_id: "away"}
    await pair.company.boss.do("POST", "/sites/cut", {"seconds": 3600})
    assert (await pair.boss.hear("presence"))["people"] == {pair.li_id: "offline"}
    await pair.li.say(t="active", active=True)
    await pair.company.boss.do("DELETE", "/sites/cut")
    while (await pair.boss.hear("presence"))["people"] != {pair.li_id: "online"}:
        pass


async def test_policy_keeps_presence_and_typing_at_home(pair: Pair, colleague: tuple[Browser, str, str]) -> None:
    await pair.see(pair.boss, pair.li_id, "online")
    await pair.company.policy(colleague[2], "nothing", ("presence",))
    await pair.company.settle()
    await pair.li.say(t="active", active=False)
    await pair.li.say(t="typing", conversation=pair.room)
    assert await pair.boss.hears_nothing("typing", 2.5)
    await pair.see(pair.boss, pair.li_id, "offline")


async def test_typing_reaches_the_other_site_and_nobody_outside(pair: Pair) -> None:
    await pair.see(pair.boss, pair.li_id, "online")
    await pair.li.say(t="typing", conversation=pair.room)
    heard = await pair.boss.hear("typing")
    assert (heard["conversation"], heard["person"]) == (pair.room, pair.li_id)
    alone = await group(pair.company.boss, "总部")
    await pair.company[1].office.settle()
    await pair.boss.say(t="typing", conversation=alone)
    assert await pair.li.hears_nothing("typing", 1.5)


async def test_clients_are_told_of_the_lines_and_of_what_arrived_where(pair: Pair) -> None:
    message = await say(pair.company.boss, pair.room, "到了吗")
    while (told := await pair.boss.hear("sites"))["sites"][0]["delivered"] is None or Id(
        told["sites"][0]["delivered"]
    ) < Id(message):
        pass
    (other,) = told["sites"]
    assert (told["here"], other["site"], other["reachable"], other["since_ms"]) == (1, 2, True, None)
    assert other["name"] == "分公司 2"
    await pair.company.boss.do("POST", "/sites/cut", {"seconds": 3600})
    while (other := (await pair.boss.hear("sites"))["sites"][0])["reachable"]:
        pass
    assert other["since_ms"] > 0
    undelivered = await say(pair.company.boss, pair.room, "还没有")
    await pair.company.boss.do("DELETE", "/sites/cut")
    while (other := (await pair.boss.hear("sites"))["sites"][0])["delivered"] < undelivered:
        pass
    assert other["reachable"]
