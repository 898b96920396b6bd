"""Late messages, read marks and receipts over real sites."""

from typing import Any

import pytest

from bilin.messaging.messages import model
from tests.identity.office import Browser
from tests.sites.company import Company, group, say


class Office:
    """A group of the boss and Chen at headquarters and of Li Na at site 2."""

    def __init__(self, company: Company, browsers: dict[str, Browser], ids: dict[str, str], room: str) -> None:
        self.company, self.browsers, self.ids, self.room = company, browsers, ids, room

    async def cut(self) -> None:
        await self.company.boss.do("POST", "/sites/cut", {"seconds": 3600})

    async def mend(self) -> None:
        await self.company.boss.do("DELETE", "/sites/cut")
        await self.company.settle()

    async def say(self, who: str, text: str) -> str:
        return await say(self.browsers[who], self.room, text)

    async def read(self, who: str, message: str) -> None:
        await self.browsers[who].do("POST", f"/conversations/{self.room}/read", {"through": message})

    async def readers(self, who: str, message: str) -> set[str]:
        """Who has read a message, by what its sender is shown."""
        found = await self.browsers[who].get(f"/conversations/{self.room}/messages/{message}/readers")
        return {name for name, person in self.ids.items() if person in found["read"]}

    async def conversation(self, who: str) -> dict[str, Any]:
        shown: dict[str, Any] = (await self.browsers[who].get(f"/conversations/{self.room}"))["conversation"]
        return shown

    async def unread(self, who: str) -> int:
        shown = await self.conversation(who)
        return int(shown["last_seq"] - shown["read_seq"])


@pytest.fixture
async def office(two: Company) -> Office:
    shanghai = await two.branch("上海", 2)
    ids = {"boss": two.headquarters.office.boss_id}
    ids["chen"] = await two.headquarters.office.hire(two.boss, "陈刚", "chen.gang")
    ids["li"] = await two.hire("李娜", "li.na", shanghai)
    await two.move(shanghai, 2)
    await two.settle()
    room = await group(two.boss, "周会", ids["chen"], ids["li"])
    await two.settle()
    browsers = {
        "boss": two.boss,
        "chen": await two[1].office.sign_in("chen.gang"),
        "li": await two[2].office.sign_in("li.na"),
    }
    return Office(two, browsers, ids, room)


async def test_what_comes_late_is_unread_though_newer_was_read(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model, "LATE_MS", -1)
    await office.cut()
    late = await office.say("li", "从上海")
    newer = await office.say("chen", "从总部")
    await office.read("boss", newer)
    assert await office.unread("boss") == 0
    await office.mend()
    assert await office.unread("boss") == 1
    page = await office.browsers["boss"].get(f"/conversations/{office.room}/messages")
    shown = [message for message in page["messages"] if message["kind"] == "text"]
    assert [message["id"] for message in shown] == [late, newer]
    assert [message["arrived"] is not None for message in shown] == [True, False]
    assert int(shown[0]["arrived"]) > int(newer)


async def test_nobody_is_said_to_have_read_what_was_not_there(office: Office) -> None:
    await office.cut()
    early = await office.say("li", "看到了吗")
    newer = await office.say("chen", "从总部")
    await office.read("boss", newer)
    await office.mend()
    assert await office.readers("li", early) == set()
    assert await office.readers("chen", newer) == {"boss"}
    await office.read("boss", early)
    await office.company.settle()
    assert await office.readers("li", early) == {"boss"}
    await office.say("chen", "我也看到了")
    await office.company.settle()
    assert await office.readers("li", early) == {"boss", "chen"}, "sending is reading, at every site"


async def test_marks_made_apart_add_up(office: Office) -> None:
    """Li Na reads at her own site, and on a visit to headquarters."""
    visiting = await office.company[1].office.sign_in("li.na", address="192.0.2.9")
    first = await office.say("boss", "一")
    await office.company.settle()
    await office.cut()
    second = await office.say("boss", "二")
    await office.read("li", first)
    await visiting.do("POST", f"/conversations/{office.room}/read", {"through": second})
    assert await office.readers("boss", second) == {"li"}
    assert await office.unread("li") == 0
    await office.mend()
    assert await office.unread("li") == 0
    assert await office.readers("boss", first) == {"li"}


async def test_conversations_and_people_say_which_sites_they_belong_to(office: Office) -> None:
    alone = await group(office.company.boss, "总部", office.ids["chen"])
    sync = await office.company.boss.get("/sync")
    assert (sync["here"], sync["home"]["site"]) == (1, 1)
    sites = {each["id"]: each["sites"] for each in sync["conversations"]}
    assert sites == {office.room: [2], alone: []}
    sync = await office.browsers["li"].get("/sync")
    assert (sync["here"], sync["home"]["site"], sync["home"]["name"]) == (2, 2, "分公司 2")
    assert (await office.conversation("li"))["sites"] == [1]
    await office.browsers["boss"].do("DELETE", f"/conversations/{office.room}/members/{office.ids['li']}")
    assert (await office.conversation("boss"))["sites"] == []
