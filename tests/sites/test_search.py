"""Search at two sites: each finds what it has, says what may not be here, and finds the rest when the line is back."""

from typing import Any

import pytest

from bilin.core.log.follower import FollowerRunner
from bilin.search.follower import SearchIndex
from tests.identity.office import Browser
from tests.sites.company import Company, group, say, until


async def found(browser: Browser, query: str) -> dict[str, Any]:
    page: dict[str, Any] = await browser.get(f"/search?q={query}")
    return page


async def texts(browser: Browser, query: str) -> list[str]:
    return [hit["text"] for hit in (await found(browser, query))["messages"]]


@pytest.fixture
async def office(two: Company) -> Company:
    for number in (1, 2):
        worker = two[number].worker
        assert worker is not None
        runner = FollowerRunner(SearchIndex(worker.keys), worker.pool, worker.keys)
        worker.tail.listen(lambda _, runner=runner: runner.stir())  # type: ignore[misc]
        worker.keep(runner.name, runner.run)
    return two


async def test_each_site_finds_what_it_has_and_the_rest_after_a_cut(office: Company) -> None:
    shanghai = await office.branch("上海", 2)
    li = await office.hire("李娜", "li.na", shanghai)
    await office.move(shanghai, 2)
    await office.settle()
    room = await group(office.boss, "周会", li)
    await say(office.boss, room, "冷凝水 一")
    await office.settle()
    branch = await office[2].office.sign_in("li.na")

    async def is_found(browser: Browser, *wanted: str) -> bool:
        return set(await texts(browser, "冷凝水")) == set(wanted)

    await until(lambda: is_found(branch, "冷凝水 一"), "the branch has it in its own index")
    assert (await found(branch, "冷凝水"))["away"] == []
    await office.boss.do("POST", "/sites/cut", {"seconds": 3600})
    await say(branch, room, "冷凝水 二")
    await say(office.boss, room, "冷凝水 三")
    await until(lambda: is_found(branch, "冷凝水 一", "冷凝水 二"), "each finds what was said at it")
    await until(lambda: is_found(office.boss, "冷凝水 一", "冷凝水 三"), "and the other what was said there")

    async def is_told(browser: Browser, site: int) -> bool:
        away = (await found(browser, "冷凝水"))["away"]
        return [each["site"] for each in away] == [site] and away[0]["since_ms"] is not None

    await until(lambda: is_told(branch, 1), "the branch says who is away")
    await until(lambda: is_told(office.boss, 2), "and so does headquarters")
    await office.boss.do("DELETE", "/sites/cut")
    await office.settle()
    everything = ("冷凝水 一", "冷凝水 二", "冷凝水 三")
    for browser in (branch, office.boss):
        await until(lambda browser=browser: is_found(browser, *everything), "all of it is here")  # type: ignore[misc]
        await until(lambda browser=browser: _is_whole(browser), "nobody is away")  # type: ignore[misc]


async def _is_whole(browser: Browser) -> bool:
    return not (await found(browser, "冷凝水"))["away"]
