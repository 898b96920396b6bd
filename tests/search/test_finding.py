"""What contains it is found, and nothing else: of all kinds of queries, on all pages, for who may read it."""

import random

import pytest

from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.content import Code, Content, Link, Paragraph, Text
from bilin.search.finding import MAX_EXAMINED
from bilin.search.normal import normal
from bilin.search.parsing import parse
from bilin.search.terms import hold_all
from tests.messaging.house import words
from tests.search.conftest import Library
from tests.search.corpus import MORE, QUERIES, talk
from tests.support.effort import EFFORT

COUNT = 2_000 * EFFORT


async def test_every_kind_of_query_finds_all_that_holds_it_and_nothing_else(library: Library) -> None:
    house = library.house
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    rooms = [await house.group(anna, ben, title="one"), await house.group(ben, cai, title="two")]
    rooms.append(await house.direct(anna, cai))
    dice = random.Random(3)  # noqa: S311 (a test)
    said: dict[int, tuple[ConversationId, str]] = {}
    members = {rooms[0]: (anna, ben), rooms[1]: (ben, cai), rooms[2]: (anna, cai)}
    for text in talk(COUNT):
        room = dice.choice(rooms)
        said[await house.say(dice.choice(members[room]), room, text)] = (room, text)
    await library.follow()
    for query in [each for queries in QUERIES.values() for each in queries] + MORE:
        parsed = parse(query)
        for person in (anna, ben, cai):
            wanted = [
                message
                for message, (room, text) in sorted(said.items(), reverse=True)
                if person in members[room]
                and hold_all(parsed.terms, normal(text))
                and not any(term.is_in(normal(text)) for term in parsed.without)
            ]
            assert await library.all_ids(person, query) == wanted, query
    plain = [message for message, (room, text) in said.items() if anna in members[room] and "冷凝水" in text]
    assert sorted(await library.all_ids(anna, "冷凝水")) == sorted(plain), (
        "the rule of the test is not that of the index"
    )
    assert plain


@pytest.fixture
async def trio(library: Library) -> tuple[PersonId, PersonId, PersonId]:
    one, two, three = await library.house.hire("苏晚", "胡志强", "侯晨曦")
    return one, two, three


async def test_a_recall_an_edit_and_leaving_count_at_once_and_joining_too(
    library: Library, trio: tuple[PersonId, PersonId, PersonId]
) -> None:
    house, (su, hu, hou) = library.house, trio
    room = await house.group(su, hu)
    first = await house.say(hu, room, "2 号库 冷凝水")
    second = await house.say(hu, room, "冷凝水又来了")
    await library.follow()
    assert await library.ids(su, "冷凝水") == [second, first]
    assert await library.ids(hou, "冷凝水") == []
    await house.do(recall_message, RecallMessage(room, first), hu)
    await house.do(edit_message, EditMessage(room, second, words("化霜")), hu)
    assert await library.ids(su, "冷凝水") == [], "the index does not know yet, and nothing is found that is not so"
    await library.follow()
    assert await library.ids(su, "化霜") == [second]
    assert [row["id"] for row in await library.fetch("SELECT id FROM search.entry")] == [second]
    await house.do(add_members, AddMembers(room, (hou,)), su)
    assert await library.ids(hou, "化霜") == [second], "the timeline shows it, and so does search"
    await house.do(remove_member, RemoveMember(room, hu), su)
    assert await library.ids(hu, "化霜") == []
    assert await library.ids(hu, f"in:@{room} 化霜") == []


async def test_filters(library: Library, trio: tuple[PersonId, PersonId, PersonId]) -> None:
    house, (su, hu, hou) = library.house, trio
    room, other = await house.group(su, hu, hou, title="滨海冷链二期"), await house.direct(su, hu)
    plain = await house.say(su, room, "合同 在这里")
    link = await house.say(hu, room, Content((Paragraph((Text("合同 "), Link("看", "https://x.example"))),)))
    typed = await house.say(hu, other, "合同 https://x.example/2")
    code = await house.say(hou, room, Content((Code("合同()", "python"),)))
    called = await house.say(hou, room, "合同", calls=[su])
    everybody = await house.say(hou, room, "合同", calls_all=True)
    reply = await house.say(hou, room, "合同 收到", reply_to=plain)
    await library.follow()
    expected: dict[str, list[MessageId]] = {
        "合同 from:胡志强": [typed, link],
        "合同 发件人：huzhiqiang": [typed, link],
        f"合同 from:@{hu} in:滨海": [link],
        "合同 会话:胡志强": [typed],
        f"in:@{other}": [typed],
        "from:me": [plain],
        "-from:侯晨曦 合同 -from:我": [typed, link],
        "合同 -in:冷链": [typed],
        "has:link": [typed, link],
        "含:代码": [code],
        "has:mention": [everybody, called],
        "合同 -has:mention -has:link": [reply, code, plain],
        "has:reply 合同": [reply],
        "合同 from:nobody": [],
        "合同 in:nowhere": [],
        "合同 after:today": [reply, everybody, called, code, typed, link, plain],
        "合同 -after:today": [],
        "before:2025-06-01 合同": [],
        "合同 type:person": [],
    }
    for query, found in expected.items():
        assert await library.ids(su, query) == found, query
    understood = (await library.found(su, "合同 from:胡志强 -in:冷链 from:nobody")).filters
    assert [(each.filter, each.negative, each.ids) for each in understood] == [
        ("from", False, [hu]),
        ("in", True, [room]),
        ("from", False, []),
    ]


async def test_pages_go_on_from_the_last_that_was_looked_at(
    library: Library, trio: tuple[PersonId, PersonId, PersonId], monkeypatch: pytest.MonkeyPatch
) -> None:
    house, (su, hu, _) = library.house, trio
    room = await house.group(su, hu)
    said = [await house.say(su, room, f"发货 {number}") for number in range(45)]
    await library.follow()
    page = await library.found(hu, "发货", limit=20)
    assert ([hit.id for hit in page.messages], page.next) == (said[:24:-1], said[25])
    assert await library.all_ids(hu, "发货", limit=20) == said[::-1]
    assert (await library.found(hu, "发货", before=said[3], limit=50)).next is None
    monkeypatch.setattr("bilin.search.finding.MAX_EXAMINED", 10)
    page = await library.found(hu, "发货 -发货", limit=20)
    assert (page.messages, page.next is not None) == ([], True), "one page does not read everything"
    assert await library.all_ids(hu, "发货 7 -17", limit=5) == [said[7]]
    assert MAX_EXAMINED > 10


async def test_a_hit_shows_why_and_what_was_said_around_it(
    library: Library, trio: tuple[PersonId, PersonId, PersonId]
) -> None:
    house, (su, hu, hou) = library.house, trio
    room = await house.group(su, hu, hou)
    await house.say(hou, room, "化霜周期调过吗？")
    await house.say(hu, room, "😀" * 300 + "後臺 2 号库 " + "长" * 300)
    gone = await house.say(hou, room, "打错了")
    await house.say(hou, room, "我远程看一下")
    await house.do(recall_message, RecallMessage(room, gone), hou)
    await library.follow()
    (hit,) = (await library.found(su, "后台 2 号库")).messages
    raw = hit.text.encode("utf-16-le")
    assert [raw[2 * mark.start : 2 * mark.end].decode("utf-16-le") for mark in hit.marks] == ["後臺 2 号库"]
    assert (len(hit.text), hit.text[0], hit.text[-1]) == (242, "…", "…")
    assert hit.before is not None
    assert hit.after is not None
    assert (hit.before.sender, hit.before.text, hit.after.text) == (hou, "化霜周期调过吗？", "我远程看一下")


async def test_people_and_conversations_are_found_by_name(
    library: Library, trio: tuple[PersonId, PersonId, PersonId]
) -> None:
    house, (su, hu, hou) = library.house, trio
    room, direct = await house.group(su, hu, title="滨海冷链 Harbour"), await house.direct(su, hu)
    hidden = await house.group(hou, hu, title="滨海 私下")
    await house.say(su, direct, "在吗")

    async def named(person: PersonId, query: str) -> list[tuple[str, int]]:
        return [(hit.kind, hit.id) for hit in (await library.found(person, query)).named]

    assert await named(su, "huzhiqiang") == [("person", hu), ("conversation", direct), ("conversation", room)]
    assert await named(su, "滨海") == [("conversation", room)]
    assert await named(su, "濱海 harb") == [("conversation", room)]
    assert await named(hou, "滨海") == [("conversation", hidden)]
    assert await named(su, "type:person 胡") == [("person", hu)]
    assert await named(su, "胡志强 from:me") == [], "filters of messages are not about names"
    page = await library.found(su, "胡", before=1)
    assert (page.named, page.messages) == ([], [])


async def test_nothing_readable_lies_in_the_index(library: Library, trio: tuple[PersonId, PersonId, PersonId]) -> None:
    house, (su, hu, _) = library.house, trio
    await house.say(su, await house.group(su, hu), "冷凝水 secret")
    await library.follow()
    (row,) = await library.fetch("SELECT *, tableoid::regclass::text AS part FROM search.entry")
    assert set(row.keys()) == {"id", "scope", "tokens", "part"}
    assert row["part"].startswith("search.entry_20")
    assert all(isinstance(token, int) for token in row["tokens"])
    stored = str(await library.fetch("SELECT t::text FROM search.entry t"))
    assert "secret" not in stored
    assert "冷" not in stored


async def test_the_log_is_followed_in_whatever_order_it_tells(
    library: Library, trio: tuple[PersonId, PersonId, PersonId]
) -> None:
    """The index depends on what is so now: following again from the beginning changes nothing."""
    house, (su, hu, _) = library.house, trio
    room = await house.group(su, hu)
    for text in talk(60, seed=1):
        message = await house.say(su, room, text)
        if message % 3 == 0:
            await house.do(edit_message, EditMessage(room, message, words(text[::-1])), su)
        if message % 5 == 0:
            await house.do(recall_message, RecallMessage(room, message), su)
    await library.follow()
    once = await library.fetch("SELECT id, scope, tokens FROM search.entry ORDER BY id")
    await library.fetch("UPDATE core.follower SET pos = 0 WHERE name = 'search.index.1'")
    await library.follow()
    assert await library.fetch("SELECT id, scope, tokens FROM search.entry ORDER BY id") == once
