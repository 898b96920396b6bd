"""Browsers at two sites: what each fetched + the events of its site, late ones included = what it would fetch afresh.

As `tests/convergence/test_client.py`, but people act at both sites, and the line between them is cut at times. Where
the browser says that events alone cannot tell, it fetches what it would fetch; the rest has to be right by itself.
"""

import json
import random
from collections.abc import Sequence
from typing import Any

import pytest

from tests.convergence.browser import Follower, node
from tests.identity.office import Browser
from tests.sites.company import Company, group

BEFORE, AFTER = 25, 110
EMOJI = "%F0%9F%91%8D"


class Crowd:
    """Two people at each site, all of them in a group; and what they said."""

    def __init__(self, company: Company, dice: random.Random, browsers: dict[str, Browser], rooms: list[str]) -> None:
        self.company, self.dice, self.browsers, self.rooms = company, dice, browsers, rooms
        self.people = list(browsers)
        self.messages: list[tuple[str, str, str]] = []
        self.is_cut = False

    async def act(self) -> None:
        """One random thing."""
        kinds = [self.say] * 8 + [self.read] * 6 + [self.change] * 3 + [self.members] + [self.prefer] + [self.line]
        await self.dice.choice(kinds)()

    async def say(self) -> None:
        person, room = self.dice.choice(self.people), self.dice.choice(self.rooms)
        spans: list[dict[str, Any]] = [{"type": "text", "text": f"第 {len(self.messages)} 句"}]
        if self.dice.random() < 0.2:
            spans.append({"type": "mention", "person": self.dice.choice(self.people), "name": "某人"})
        body = {"content": {"blocks": [{"type": "paragraph", "spans": spans}]}}
        sent = await self._try(person, "POST", f"/conversations/{room}/messages", body)
        if sent:
            self.messages.append((room, sent["id"], person))

    async def read(self) -> None:
        if self.messages:
            room, message, _ = self.dice.choice(self.messages[-8:])
            person = self.dice.choice(self.people)
            await self._try(person, "POST", f"/conversations/{room}/read", {"through": message})

    async def change(self) -> None:
        if self.messages:
            room, message, sender = self.dice.choice(self.messages)
            path = f"/conversations/{room}/messages/{message}"
            lot = self.dice.randrange(3)
            if lot == 0:
                await self._try(sender, "POST", f"{path}/recall")
            elif lot == 1:
                await self._try(self.dice.choice(self.people), "PUT", f"{path}/reactions/{EMOJI}")
            else:
                spans = [{"type": "text", "text": "改"}]
                body = {"content": {"blocks": [{"type": "paragraph", "spans": spans}]}}
                await self._try(sender, "PATCH", path, body)

    async def members(self) -> None:
        room, person = self.dice.choice(self.rooms), self.dice.choice(self.people)
        for each in self.people:
            if self.dice.random() < 0.5:
                done = await self._try(each, "DELETE", f"/conversations/{room}/members/{person}")
            else:
                done = await self._try(each, "POST", f"/conversations/{room}/members", {"people": [person]})
            if done:
                return

    async def prefer(self) -> None:
        room, person = self.dice.choice(self.rooms), self.dice.choice(self.people)
        await self._try(person, "PATCH", f"/conversations/{room}/preferences", {"hidden": self.dice.random() < 0.5})

    async def line(self) -> None:
        """Cut it, or mend it."""
        self.is_cut = not self.is_cut
        if self.is_cut:
            await self.company.boss.do("POST", "/sites/cut", {"seconds": 3600})
        else:
            await self.company.boss.do("DELETE", "/sites/cut")

    async def settle(self) -> None:
        """Mend the line, and wait until both sites have everything."""
        if self.is_cut:
            await self.line()
        await self.company.settle()

    async def _try(self, person: str, method: str, path: str, body: Any = None) -> dict[str, Any] | None:
        response = await self.browsers[person].send(method, path, body)
        assert response.status_code < 500, response.text
        return response.json() if response.is_success and response.content else None


@pytest.fixture
async def browsers(two: Company) -> dict[str, tuple[int, Browser]]:
    """Two people at each site: id → (site, browser)."""
    shanghai = await two.branch("上海", 2)
    boss = two.headquarters.office.boss_id
    chen = await two.headquarters.office.hire(two.boss, "陈刚", "chen.gang")
    li, wu = await two.hire("李娜", "li.na", shanghai), await two.hire("吴敏", "wu.min", shanghai)
    await two.move(shanghai, 2)
    await two.settle()
    return {
        boss: (1, two.boss),
        chen: (1, await two[1].office.sign_in("chen.gang")),
        li: (2, await two[2].office.sign_in("li.na")),
        wu: (2, await two[2].office.sign_in("wu.min")),
    }


@pytest.mark.parametrize("seed", [1, 2])
async def test_a_browser_is_right_about_what_came_late(
    two: Company, browsers: dict[str, tuple[int, Browser]], seed: int
) -> None:
    people = list(browsers)
    rooms = [await group(two.boss, "周会", *people), await group(browsers[people[2]][1], "上海", *people)]
    await two.settle()
    dice = random.Random(seed)  # noqa: S311 (repeatable)
    crowd = Crowd(two, dice, {person: browser for person, (_, browser) in browsers.items()}, rooms)
    for _ in range(BEFORE):
        await crowd.act()
    await crowd.settle()
    followers = [Follower(two[site].office, browser, person) for person, (site, browser) in browsers.items()]
    for follower in followers:
        await follower.start()
    for _ in range(AFTER):
        await crowd.act()
        for follower in followers:
            await follower.catch_up()
    await crowd.settle()
    for follower in followers:
        await follower.catch_up()
        await fetch_what_is_wanted(follower)
    fresh = [await follower.fetch() for follower in followers]
    followed = await replayed([{"initial": each.initial, "events": each.steps} for each in followers])
    fetched = await replayed([{"initial": each, "events": []} for each in fresh])
    for follower, one, other in zip(followers, followed, fetched, strict=True):
        for part in ("conversations", "members", "messages", "parts"):
            assert one[part] == other[part], f"{part} of {follower.person}"


async def fetch_what_is_wanted(follower: Follower) -> None:
    """What the browser cannot know from events alone, it asks for."""
    (now,) = await replayed([{"initial": follower.initial, "events": follower.steps}])
    for each in now["wanted"]["conversations"]:
        response = await follower.browser.send("GET", f"/conversations/{each}")
        if response.is_success:
            follower.steps.append({"t": "fetched", "conversation": response.json()})
    for each in now["wanted"]["elsewhere"]:
        response = await follower.browser.send("GET", f"/conversations/{each}?limit=1")
        if response.is_success:
            follower.steps.append({"t": "fetched", "head": response.json()})
    (now,) = await replayed([{"initial": follower.initial, "events": follower.steps}])
    for conversation in now["conversations"]:
        if now["wanted"]["messages"] or not now["messages"][conversation["id"]]:
            follower.steps += await follower._pages(conversation["id"])


async def replayed(cases: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """What the browser's own reducers make of these cases."""
    lines = "\n".join(json.dumps(case) for case in cases).encode()
    results = [json.loads(line) for line in (await node("tools/replay.ts", given=lines)).splitlines()]
    for result in results:
        assert "error" not in result, result["error"]
    return results
