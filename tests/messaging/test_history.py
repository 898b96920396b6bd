"""The timeline by pages: both directions, around a message, edges, and the position it stands at."""

import pytest

from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.messages.history import NEWEST, MessagePage
from tests.messaging.house import House


async def talk(house: House, count: int) -> tuple[PersonId, ConversationId, list[MessageId]]:
    """A group whose timeline is a notice and texts; all ids in order."""
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    return anna, room, [MessageId(room), *[await house.say(anna, room, str(n)) for n in range(count)]]


def shown(page: MessagePage) -> tuple[list[MessageId], bool, bool]:
    return [message.id for message in page.messages], page.more_before, page.more_after


async def test_pages_before_and_after_meet_without_hole_or_overlap(house: House) -> None:
    anna, room, ids = await talk(house, 9)
    assert shown(await house.history(anna, room, limit=4)) == (ids[6:], True, False)
    assert shown(await house.history(anna, room, "before", ids[6], 4)) == (ids[2:6], True, True)
    assert shown(await house.history(anna, room, "before", ids[2], 4)) == (ids[:2], False, True)
    assert shown(await house.history(anna, room, "after", ids[0], 4)) == (ids[1:5], True, True)
    assert shown(await house.history(anna, room, "after", ids[4], 4)) == (ids[5:9], True, True)
    assert shown(await house.history(anna, room, "after", ids[8], 4)) == (ids[9:], True, False)


async def test_edges(house: House) -> None:
    anna, room, ids = await talk(house, 3)
    assert shown(await house.history(anna, room, limit=4)) == (ids, False, False)
    assert shown(await house.history(anna, room, limit=3)) == (ids[1:], True, False)
    assert shown(await house.history(anna, room, "before", ids[0], 3)) == ([], False, True)
    assert shown(await house.history(anna, room, "after", ids[-1], 3)) == ([], True, False)
    assert shown(await house.history(anna, room, "after", 0, 9)) == (ids, False, False)


@pytest.mark.parametrize(
    ("at", "limit", "first", "last"), [(5, 4, 3, 7), (0, 4, 0, 2), (9, 4, 7, 10), (5, 1, 5, 6), (5, 50, 0, 10)]
)
async def test_around_a_message(house: House, at: int, limit: int, first: int, last: int) -> None:
    anna, room, ids = await talk(house, 9)
    expected = (ids[first:last], first > 0, last < len(ids))
    assert shown(await house.history(anna, room, "around", ids[at], limit)) == expected


async def test_around_a_message_of_elsewhere_gives_that_time(house: House) -> None:
    anna, room, ids = await talk(house, 2)
    other = await house.say(anna, await house.group(anna))
    late = await house.say(anna, room, "late")
    assert shown(await house.history(anna, room, "around", other, 2)) == ([ids[-1], late], True, False)
    assert shown(await house.history(anna, room, "around", NEWEST, 2)) == ([late], True, False)


async def test_an_empty_conversation_is_not_a_missing_one(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    page = await house.history(anna, await house.direct(anna, ben))
    assert shown(page) == ([], False, False)
    assert page.pos > 0


async def test_a_page_stands_at_the_position_it_was_read_at(house: House) -> None:
    anna, room, _ = await talk(house, 1)
    before = (await house.history(anna, room)).pos
    await house.say(anna, room)
    page = await house.history(anna, room)
    assert (page.pos, len(page.messages)) == (before + 1, 3)


async def test_who_joined_later_sees_what_was_before_and_notices_carry_the_number_before(house: House) -> None:
    anna, room, _ = await talk(house, 2)
    (ben,) = await house.hire("Ben")
    await house.do(add_members, AddMembers(room, (ben,)), anna)
    await house.say(ben, room)
    page = await house.history(ben, room)
    assert [(message.kind, message.seq) for message in page.messages] == [
        ("notice", 0),
        ("text", 1),
        ("text", 2),
        ("notice", 2),
        ("text", 3),
    ]
