"""Reactions: one per person, message and emoji."""

import pytest

from bilin.core.errors import Invalid
from bilin.core.ids import MessageId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.reactions.commands import SetReaction, set_reaction
from bilin.messaging.reactions.errors import TooManyReactions
from bilin.messaging.reactions.rules import MAX_EMOJI_PER_MESSAGE, check_emoji
from tests.messaging.house import House


async def test_reactions_stand_in_the_order_they_came(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    wanted = [(ben, "🎉"), (anna, "👍"), (anna, "🎉")]
    receipts = [await house.do(set_reaction, SetReaction(room, message, emoji, True), who) for who, emoji in wanted]
    ids = [receipt.id for receipt in receipts if receipt is not None]
    assert await house.do(set_reaction, SetReaction(room, message, "🎉", True), ben) is None
    shown = (await house.message(ben, room, message)).reactions
    assert [(r.emoji, r.people, r.ids) for r in shown] == [
        ("🎉", [ben, anna], [ids[0], ids[2]]),
        ("👍", [anna], [ids[1]]),
    ]


async def test_reactions_are_taken_away_and_put_back(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    assert await house.do(set_reaction, SetReaction(room, message, "👍", False), ben) is None
    for present in (True, False, True):
        assert await house.do(set_reaction, SetReaction(room, message, "👍", present), ben) is not None
        shown = (await house.message(anna, room, message)).reactions
        assert [reaction.people for reaction in shown] == ([[ben]] if present else [])


async def test_members_react_to_texts_of_the_conversation(house: House) -> None:
    anna, eve = await house.hire("Anna", "Eve")
    room, other = await house.group(anna), await house.group(anna)
    message = await house.say(anna, room)
    with pytest.raises(ConversationNotFound):
        await house.do(set_reaction, SetReaction(room, message, "👍", True), eve)
    with pytest.raises(MessageNotFound):
        await house.do(set_reaction, SetReaction(other, message, "👍", True), anna)
    with pytest.raises(MessageGone):
        await house.do(set_reaction, SetReaction(room, MessageId(room), "👍", True), anna)


async def test_kinds_of_emoji_are_limited(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    for number in range(MAX_EMOJI_PER_MESSAGE):
        await house.do(set_reaction, SetReaction(room, message, chr(0x1F400 + number), True), anna)
    with pytest.raises(TooManyReactions):
        await house.do(set_reaction, SetReaction(room, message, "🚀", True), ben)
    assert await house.do(set_reaction, SetReaction(room, message, chr(0x1F400), True), ben) is not None


@pytest.mark.parametrize("emoji", ["👍", "🩷", "👨‍👩‍👧‍👦", "🫩", "🏴󠁧󠁢󠁥󠁮󠁧󠁿"])
def test_emoji_are_emoji(emoji: str) -> None:
    assert check_emoji(emoji) == emoji


@pytest.mark.parametrize("emoji", ["好", "👍" * 2, "👩" + "\u200d👩" * 9])
def test_words_and_rows_of_emoji_are_not(emoji: str) -> None:
    with pytest.raises(Invalid):
        check_emoji(emoji)
