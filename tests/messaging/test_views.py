"""What a process remembers of conversations."""

import pytest

from bilin.core.ids import ConversationId
from bilin.messaging.conversations import views as module
from bilin.messaging.conversations.views import ConversationViews
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from tests.messaging.house import House


async def settle(house: House) -> None:
    async with house.site.pool.acquire() as db:
        assert await house.site.tail.reached(await db.fetchval("SELECT max(pos) FROM core.log"))


async def test_the_tail_makes_it_forget(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna)
    await settle(house)
    views = house.site.get(ConversationViews)
    await house.say(anna, room)
    remembered = views.remembered(room)
    assert remembered is not None
    assert set(remembered.roles) == {anna}
    await house.say(anna, room)
    assert views.remembered(room) is remembered
    await house.do(add_members, AddMembers(room, (ben,)), anna)
    await settle(house)
    assert views.remembered(room) is None


async def test_what_was_read_before_a_change_is_not_remembered_after_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The change is heard while the read is on its way."""
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna)
    await settle(house)
    views = house.site.get(ConversationViews)
    old = await views.load(room)
    await house.do(add_members, AddMembers(room, (ben,)), anna)
    await settle(house)

    async def read_late(*_: object) -> object:
        return old

    monkeypatch.setattr(module, "read_view", read_late)
    assert await views.load(room) is old
    assert views.remembered(room) is None


async def test_it_remembers_what_was_used_last(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "REMEMBERED_MEMBERS", 4)
    anna, ben = await house.hire("Anna", "Ben")
    rooms = [await house.group(anna, ben) for _ in range(3)]
    await settle(house)
    views = ConversationViews(house.site.pool)
    for room in rooms[:2]:
        await views.load(room)
    assert views.remembered(rooms[0]) is not None
    await views.load(rooms[2])
    assert [views.remembered(room) is not None for room in rooms] == [True, False, True]


async def test_there_is_no_view_of_nothing(house: House) -> None:
    views = house.site.get(ConversationViews)
    assert await views.load(ConversationId(5)) is None
    assert views.remembered(ConversationId(5)) is None
