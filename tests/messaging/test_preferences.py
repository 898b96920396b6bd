"""How a person wants a conversation shown."""

import pytest

from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.preferences.commands import SetConversationPreferences, set_conversation_preferences
from tests.messaging.house import House


async def test_what_is_left_out_stays(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.do(set_conversation_preferences, SetConversationPreferences(room, muted=True, pinned=True), ben)
    await house.do(set_conversation_preferences, SetConversationPreferences(room, pinned=False), ben)
    assert await house.do(set_conversation_preferences, SetConversationPreferences(room), ben) is None
    mine, others = await house.conversation(ben, room), await house.conversation(anna, room)
    assert (mine.muted, mine.pinned, mine.hidden) == (True, False, False)
    assert (others.muted, others.pinned, others.hidden) == (False, False, False)


async def test_unread_lasts_until_it_is_taken_back(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.do(set_conversation_preferences, SetConversationPreferences(room, unread=True), ben)
    await house.say(anna, room)
    mine, others = await house.conversation(ben, room), await house.conversation(anna, room)
    assert (mine.unread, others.unread) == (True, False)
    await house.do(set_conversation_preferences, SetConversationPreferences(room, unread=False), ben)
    assert not (await house.conversation(ben, room)).unread


async def test_hidden_lasts_until_the_next_text(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    await house.say(anna, room)
    await house.do(set_conversation_preferences, SetConversationPreferences(room, hidden=True), ben)
    assert (await house.conversation(ben, room)).hidden
    await house.say(anna, room)
    assert not (await house.conversation(ben, room)).hidden


async def test_they_are_mine_alone(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)
    with pytest.raises(ConversationNotFound):
        await house.do(set_conversation_preferences, SetConversationPreferences(room, muted=True), eve)
    decided = await set_conversation_preferences(SetConversationPreferences(room, muted=True), house.context(ben))
    assert decided is not None
    assert decided.topics(ben) == (ben,)
