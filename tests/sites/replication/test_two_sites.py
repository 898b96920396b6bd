"""Two sites of which each has its people: they talk, the line is cut and mended, processes stop and start."""

import asyncio

import pytest

from tests.identity.office import Browser
from tests.sites.company import Company, group, history, say, texts, until


class Talk:
    """A group of the boss at headquarters and Li Na in Shanghai, who works at site 2."""

    def __init__(self, company: Company, boss: Browser, li: Browser, li_id: str, conversation: str) -> None:
        self.company, self.boss, self.li, self.li_id, self.conversation = company, boss, li, li_id, conversation

    async def same(self) -> list[str]:
        """What was said, once both sites show the same."""
        await self.company.settle()
        one, other = await history(self.boss, self.conversation), await history(self.li, self.conversation)
        assert one == other
        return texts(one)


@pytest.fixture
async def talk(two: Company) -> Talk:
    shanghai = await two.branch("上海", 2)
    li = await two.hire("李娜", "li.na", shanghai)
    await two.move(shanghai, 2)
    await two.settle()
    conversation = await group(two.boss, "周会", li)
    await two.settle()
    return Talk(two, two.boss, await two[2].office.sign_in("li.na"), li, conversation)


async def test_what_is_said_at_one_is_heard_at_the_other(talk: Talk) -> None:
    await say(talk.boss, talk.conversation, "早")
    await say(talk.li, talk.conversation, "早上好")
    assert set(await talk.same()) == {"早", "早上好"}
    (message,) = [each for each in await history(talk.li, talk.conversation) if each["kind"] == "text"][:1]
    await talk.li.do("PUT", f"/conversations/{talk.conversation}/messages/{message['id']}/reactions/%F0%9F%91%8D")
    await talk.same()
    seen = await history(talk.boss, talk.conversation)
    assert [each["reactions"][0]["people"] for each in seen if each["reactions"]] == [[talk.li_id]]


async def test_a_rehearsed_cut_ends_by_itself_and_both_sides_merge(talk: Talk) -> None:
    await talk.company.boss.do("POST", "/sites/cut", {"seconds": 3})
    for number in range(5):
        await say(talk.boss, talk.conversation, f"总部 {number}")
        await say(talk.li, talk.conversation, f"上海 {number}")
    await asyncio.sleep(1)
    assert len(texts(await history(talk.boss, talk.conversation))) == 5
    assert len(texts(await history(talk.li, talk.conversation))) == 5
    status = await talk.boss.get("/sites/status")
    (other,) = [site for site in status["sites"] if site["number"] == 2]
    assert not other["reachable"]
    assert "unreachable" in other["alerts"]
    assert len(await talk.same()) == 10


async def test_a_rehearsed_cut_can_be_mended_before_its_time(talk: Talk) -> None:
    await talk.boss.do("POST", "/sites/cut", {"seconds": 3600})
    await until(lambda: not talk.company[1].network.is_reachable(2), "the cut was not noticed")
    await say(talk.li, talk.conversation, "有人吗")
    await talk.boss.do("DELETE", "/sites/cut")
    assert await talk.same() == ["有人吗"]


async def test_a_lost_nats_keeps_nobody_from_working(talk: Talk) -> None:
    await talk.company.line.stop()
    for number in range(20):
        await say(talk.boss, talk.conversation, f"总部 {number}")
        await say(talk.li, talk.conversation, f"上海 {number}")
    await until(lambda: not talk.company[1].network.is_reachable(2), "the loss was not noticed")
    await talk.company.line.start()
    said = await talk.same()
    assert len(said) == 40
    assert len(set(said)) == 40


async def test_a_site_that_was_stopped_catches_up(talk: Talk) -> None:
    await talk.company[2].stop()
    for number in range(30):
        await say(talk.boss, talk.conversation, f"总部 {number}")
    await talk.company[2].start()
    talk.li = await talk.company[2].office.sign_in("li.na")
    await say(talk.li, talk.conversation, "回来了")
    assert len(await talk.same()) == 31


async def test_a_worker_that_was_started_again_goes_on_feeding(talk: Talk) -> None:
    headquarters = talk.company.headquarters
    assert headquarters.worker is not None
    await headquarters.worker.close()
    await say(talk.boss, talk.conversation, "没有人送")
    await headquarters.start_worker()
    await say(talk.boss, talk.conversation, "又有人送")
    assert await talk.same() == ["没有人送", "又有人送"]


async def test_a_cut_is_also_a_cut_for_the_worker(talk: Talk) -> None:
    """The other side must not be able to fetch, though nothing is wrong with its own line."""
    await talk.boss.do("POST", "/sites/cut", {"seconds": 3600})
    await say(talk.boss, talk.conversation, "没有出去")
    talk.company[2].network.followers.stir(1)
    await asyncio.sleep(2.5)
    assert texts(await history(talk.li, talk.conversation)) == []
    await talk.boss.do("DELETE", "/sites/cut")
    assert await talk.same() == ["没有出去"]
