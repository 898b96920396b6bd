"""Messages marked for later: of oneself alone, by when they were marked, also where they can no longer be read."""

import pytest

from bilin.core.ids import MessageId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.stars import NEWEST, SetStar, Stars, read_stars, set_star
from tests.authorization.rows import SIGNED_IN, M, Row, talk
from tests.authorization.scene import IN_CONVERSATION
from tests.convergence.crowd import Crowd
from tests.messaging.house import House

ROUTES = [
    talk("PUT", M + "/star", IN_CONVERSATION),
    talk("DELETE", M + "/star", IN_CONVERSATION),
    Row("GET", "/api/stars", SIGNED_IN),
]


async def star(crowd: Crowd) -> None:
    """And take it off again."""
    if message := crowd.any_message():
        await crowd.try_(crowd.someone(), crowd.dice.choice(["PUT", "PUT", "DELETE"]), f"{message}/star")


ACTIONS = [star] * 3


async def listed(house: House, person: PersonId, before: int = NEWEST, limit: int = 50) -> Stars:
    return await read_stars(house.context(person), before, limit)


async def test_what_i_mark_is_mine_alone(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    receipt = await house.do(set_star, SetStar(room, message, True), ben)
    assert receipt is not None
    assert await house.do(set_star, SetStar(room, message, True), ben) is None
    assert (await house.message(ben, room, message)).starred == receipt.id
    assert (await house.conversation(ben, room)).last_message == await house.message(ben, room, message)
    assert (await house.message(anna, room, message)).starred is None
    assert (await listed(house, anna)).stars == []
    (mine,) = (await listed(house, ben)).stars
    assert (mine.id, mine.conversation, mine.message) == (receipt.id, room, message)
    assert mine.shown == await house.message(ben, room, message)
    assert await house.do(set_star, SetStar(room, message, False), ben) is not None
    assert await house.do(set_star, SetStar(room, message, False), ben) is None
    assert (await listed(house, ben)).stars == []
    assert (await house.message(ben, room, message)).starred is None


async def test_they_are_listed_by_pages_the_last_marked_first(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    messages = [await house.say(anna, room, f"text {number}") for number in range(5)]
    for message in messages[::-1]:
        await house.do(set_star, SetStar(room, message, True), anna)
    seen: list[MessageId] = []
    page = await listed(house, anna, limit=2)
    while page.more:
        seen += [star.message for star in page.stars]
        page = await listed(house, anna, page.stars[-1].id, 2)
    assert [*seen, *(star.message for star in page.stars)] == messages


async def test_of_a_conversation_one_left_only_the_mark_is_there(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "secret")
    await house.do(set_star, SetStar(room, message, True), ben)
    await house.do(remove_member, RemoveMember(room, ben), anna)
    (star,) = (await listed(house, ben)).stars
    assert (star.message, star.shown) == (message, None)
    other = await house.say(anna, room)
    for present in (True, False):
        with pytest.raises(ConversationNotFound):
            await house.do(set_star, SetStar(room, other, present), ben)
    assert await house.do(set_star, SetStar(room, message, False), ben) is not None
    assert (await listed(house, ben)).stars == []


async def test_only_texts_of_the_conversation_are_marked_and_recalled_ones_say_nothing(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room, other = await house.group(anna), await house.group(anna)
    message = await house.say(anna, room)
    await house.do(set_star, SetStar(room, message, True), anna)
    await house.do(recall_message, RecallMessage(room, message), anna)
    (star,) = (await listed(house, anna)).stars
    assert star.shown is not None
    assert star.shown.content is None
    with pytest.raises(MessageNotFound):
        await house.do(set_star, SetStar(other, message, True), anna)
    with pytest.raises(MessageGone):
        await house.do(set_star, SetStar(room, MessageId(room), True), anna)
