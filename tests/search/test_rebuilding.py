"""`bilin search rebuild` beside the follower, and what `bilin doctor` says."""

import pytest

from bilin.core.checks import Examined, Health
from bilin.core.settings import SiteSettings
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.search import news, rebuild
from bilin.search.checks import look_at_index
from tests.search.conftest import Library
from tests.search.corpus import talk


async def look(library: Library) -> list[Health]:
    site = library.house.site
    return [
        each.health
        async for each in look_at_index(Examined(site.settings, site.settings[SiteSettings].data_dir, site.pool))
    ]


async def test_a_damaged_index_is_noticed_and_made_anew(library: Library) -> None:
    house = library.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    said = [await house.say(anna, room, text) for text in talk(40)]
    await library.follow()
    assert await look(library) == ["well"]
    right = await library.fetch("SELECT id, scope, tokens FROM search.entry ORDER BY id")
    await library.fetch("DELETE FROM search.entry WHERE id = $1", said[3])
    await library.fetch("UPDATE search.entry SET tokens = '{1}' WHERE id = $1", said[5])
    await library.fetch(
        "INSERT INTO search.entry SELECT id + 1, scope, tokens FROM search.entry WHERE id = $1", said[7]
    )
    assert await look(library) == ["broken"]
    steps = [step async for step in rebuild(house.site.pool, house.site.keys)]
    assert steps[-1][0] >= len(said)
    assert await library.fetch("SELECT id, scope, tokens FROM search.entry ORDER BY id") == right
    assert await look(library) == ["well"]


async def test_what_happens_meanwhile_is_not_lost(library: Library) -> None:
    house = library.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    said = [await house.say(anna, room, f"发货 {number}") for number in range(30)]
    steps = rebuild(house.site.pool, house.site.keys)
    await anext(steps)
    await house.do(recall_message, RecallMessage(room, said[0]), anna)
    said.append(await house.say(ben, room, "发货 后来"))
    async for _ in steps:
        pass
    await library.follow()
    assert await library.ids(ben, "发货") == said[:0:-1]


async def test_an_index_that_falls_behind_says_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    house = library.house
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    said = await house.say(anna, room, "发货")
    assert await library.ids(ben, "发货") == [said], "the end of the log is looked through"
    monkeypatch.setattr(news, "MOST", 0)
    assert (await library.found(anna, "发货")).behind > 0
    await library.follow()
    assert (await library.found(anna, "发货")).behind == 0
