"""Pinned messages: of the whole conversation, by any member, gone with what is recalled."""

import pytest

from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging import pins
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.pins import SetPin, TooManyPins, read_pins, set_pin
from tests.authorization.rows import C, M, talk
from tests.authorization.scene import IN_CONVERSATION
from tests.convergence.crowd import Crowd
from tests.messaging.house import House

ROUTES = [
    talk("PUT", M + "/pin", IN_CONVERSATION),
    talk("DELETE", M + "/pin", IN_CONVERSATION),
    talk("GET", C + "/pins", IN_CONVERSATION),
]


async def pin(crowd: Crowd) -> None:
    """And take it off again."""
    if message := crowd.any_message():
        await crowd.try_(crowd.someone(), crowd.dice.choice(["PUT", "PUT", "DELETE"]), f"{message}/pin")


ACTIONS = [pin] * 3


async def pinned(house: House, person: PersonId, room: ConversationId) -> list[tuple[int, int]]:
    """What one member sees pinned and by whom, which is the same in the page of the conversation."""
    shown = (await read_pins(house.context(person), room)).pins
    listed = (await house.page(person, room)).flags["pins"]
    assert [(each.message.id, each.person, each.id) for each in shown] == [(p.message, p.person, p.id) for p in listed]
    return [(each.message.id, each.person) for each in shown]


async def test_members_pin_and_take_off_and_everybody_sees_it(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    one, two = await house.say(anna, room), await house.say(anna, room)
    assert await pinned(house, ben, room) == []
    for message, who in ((one, ben), (two, anna)):
        assert await house.do(set_pin, SetPin(room, message, True), who) is not None
    assert await house.do(set_pin, SetPin(room, two, True), ben) is None
    assert await pinned(house, ben, room) == [(two, anna), (one, ben)]
    assert await house.do(set_pin, SetPin(room, one, False), anna) is not None
    assert await house.do(set_pin, SetPin(room, one, False), ben) is None
    assert await pinned(house, anna, room) == [(two, anna)]


async def test_who_is_not_inside_learns_and_changes_nothing(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room, other = await house.group(anna, ben), await house.group(anna)
    message = await house.say(anna, room)
    await house.do(set_pin, SetPin(room, message, True), anna)
    await house.do(remove_member, RemoveMember(room, ben), anna)
    for outsider in (ben, eve):
        with pytest.raises(ConversationNotFound):
            await house.do(set_pin, SetPin(room, message, False), outsider)
        with pytest.raises(ConversationNotFound):
            await read_pins(house.context(outsider), room)
    with pytest.raises(MessageNotFound):
        await house.do(set_pin, SetPin(other, message, True), anna)


async def test_the_pin_of_a_recalled_message_goes(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    message = await house.say(anna, room)
    await house.do(set_pin, SetPin(room, message, True), anna)
    await house.do(recall_message, RecallMessage(room, message), anna)
    assert await pinned(house, anna, room) == []
    for gone in (message, MessageId(room)):  # the second is a notice
        with pytest.raises(MessageGone):
            await house.do(set_pin, SetPin(room, gone, True), anna)
        assert await house.do(set_pin, SetPin(room, gone, False), anna) is None


async def test_pins_are_limited(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "MAX_PINS", 1)
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    one, two = await house.say(anna, room), await house.say(anna, room)
    await house.do(set_pin, SetPin(room, one, True), anna)
    with pytest.raises(TooManyPins):
        await house.do(set_pin, SetPin(room, two, True), anna)
    await house.do(set_pin, SetPin(room, one, False), anna)
    assert await house.do(set_pin, SetPin(room, two, True), anna) is not None
