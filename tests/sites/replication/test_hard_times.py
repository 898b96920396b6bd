"""What sites survive: a log restored from an old copy, a site that is gone, types nobody knows, restarts."""

import asyncio
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from bilin.core.events import Unknown
from bilin.core.settings import DatabaseSettings
from tests.sites.company import Company, Server, group, history, say, site_settings, texts, until
from tests.support.servers import TestPostgres

SAID = "SELECT count(*) FROM core.log WHERE type = 'messaging.message_sent' AND scope = $1"
TWICE = "SELECT count(*) - count(DISTINCT id) FROM core.log"


async def test_a_site_restored_from_an_old_copy_gets_back_what_it_lost(
    two: Company, postgres: TestPostgres, nats_url: str, tmp_path: Path
) -> None:
    shanghai = await two.branch("上海", 2)
    li = await two.hire("李娜", "li.na", shanghai)
    await two.move(shanghai, 2)
    await two.settle()
    conversation = await group(two.boss, "周会", li)
    await two.settle()
    browser = await two[2].office.sign_in("li.na")
    await say(browser, conversation, "备份之前")
    await two.settle()
    async with AsyncExitStack() as stack:
        await two[2].stop()
        copied = urlsplit(two[2].settings[DatabaseSettings].url).path
        backup = await stack.enter_async_context(postgres.database(template=copied.removeprefix("/")))
        await two[2].start()
        browser = await two[2].office.sign_in("li.na")
        for number in range(20):
            await say(browser, conversation, f"备份之后 {number}")
            await say(two.boss, conversation, f"总部 {number}")
        await two.settle()
        before = await history(two.boss, conversation)
        await two[2].stop()

        restored = Server(2, site_settings(2, backup, nats_url, two.line.url, tmp_path))
        two.servers[2] = restored
        await restored.start()
        browser = await restored.office.sign_in("li.na")
        await say(browser, conversation, "恢复之后")
        await until(lambda: _said(restored, conversation, 42), "what was lost did not come back")
        await two.settle()
        now = await history(two.boss, conversation)
        assert now == await history(browser, conversation)
        assert set(texts(now)) == {*texts(before), "恢复之后"}
        assert [await server.count(TWICE) for server in two.servers.values()] == [0, 0]
        assert await restored.count("SELECT count(*) FROM sites.loss") == 0
        await restored.stop()


async def _said(server: Server, conversation: str, count: int) -> bool:
    return await server.count(SAID, int(conversation)) == count


async def test_the_founding_site_gives_what_a_retired_one_said(three: Company) -> None:
    shanghai, shenzhen = await three.branch("上海", 2), await three.branch("深圳", 3)
    li, zhao = await three.hire("李娜", "li.na", shanghai), await three.hire("赵敏", "zhao.min", shenzhen)
    await three.move(shanghai, 2)
    await three.move(shenzhen, 3)
    await three.settle()
    conversation = await group(three.boss, "三地", li, zhao)
    await three.settle()
    await three[3].stop()
    browser = await three[2].office.sign_in("li.na")
    for number in range(25):
        await say(browser, conversation, f"上海 {number}")
    await three.settle(1, 2)
    await three[2].stop()
    await three.retire(2)
    await three[3].start()
    there = await three[3].office.sign_in("zhao.min")
    await until(lambda: _said(three[3], conversation, 25), "what the retired site said did not come")
    assert await history(there, conversation) == await history(three.boss, conversation)
    here = await three[1].office.sign_in("li.na")
    await say(here, conversation, "现在在总部")
    await three.settle(1, 3)
    assert texts(await history(there, conversation))[-1] == "现在在总部"
    assert [peer.number for peer in three[3].network.peers()] == [1]


async def test_what_this_program_does_not_know_is_kept_and_not_in_the_way(two: Company) -> None:
    await two[2].append(Unknown(name="future.thing_done", version=3, data=msgspec.Raw(b'{"thing":"7"}')))
    await two.settle()
    kept = "SELECT count(*) FROM sites.kept_back WHERE type = 'future.thing_done' AND reason = 'unknown_type'"
    assert await two[1].count(kept) == 1
    await two[2].append(Unknown(name="future.thing_done", version=3, data=msgspec.Raw(b'{"thing":"8"}')))
    await two.settle()
    assert await two[1].count(kept) == 2


async def test_a_receiver_that_is_stopped_in_the_middle_goes_on_where_it_was(two: Company) -> None:
    shanghai = await two.branch("上海", 2)
    li = await two.hire("李娜", "li.na", shanghai)
    await two.move(shanghai, 2)
    await two.settle()
    conversation = await group(two.boss, "周会", li)
    await two.settle()
    await two[2].stop()
    await asyncio.gather(*(say(two.boss, conversation, f"{number}") for number in range(300)))
    for _ in range(3):
        await two[2].start()
        await asyncio.sleep(0.15)
        await two[2].stop()
    await two[2].start()
    await two.settle()
    browser = await two[2].office.sign_in("li.na")
    seen = await history(browser, conversation)
    assert len(seen) == 301
    assert seen == await history(two.boss, conversation)
    assert await two[2].count(TWICE) == 0


async def test_somebody_who_writes_while_cut_off_reaches_who_was_added_meanwhile(three: Company) -> None:
    """The branch does not know yet whom its messages are for when it commits them."""
    shanghai, shenzhen = await three.branch("上海", 2), await three.branch("深圳", 3)
    li, zhao = await three.hire("李娜", "li.na", shanghai), await three.hire("赵敏", "zhao.min", shenzhen)
    await three.move(shanghai, 2)
    await three.move(shenzhen, 3)
    await three.settle()
    conversation = await group(three.boss, "两地", li)
    await three.settle()
    browser = await three[2].office.sign_in("li.na")
    await three[2].network.cut.begin(60)
    await say(browser, conversation, "断线时说的")
    await three.boss.do("POST", f"/conversations/{conversation}/members", {"people": [zhao]})
    await say(three.boss, conversation, "欢迎")
    await three.settle(1, 3)
    there = await three[3].office.sign_in("zhao.min")
    assert texts(await history(there, conversation)) == ["欢迎"]
    await three[2].network.cut.begin(0)
    await until(lambda: _said(three[3], conversation, 2), "it did not reach the third site")
    await three.settle()
    assert await history(there, conversation) == await history(three.boss, conversation)
