"""Sending: who may, numbers, unread counts, mentions, quotes, repeats."""

from typing import Any

import pytest

from bilin.core.codec import from_json
from bilin.core.errors import Invalid
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.content import Code, Content, Items, Mention, Paragraph, QuoteBlock
from bilin.messaging.messages.content_rules import plain_text
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from tests.messaging.house import House, words


async def test_members_see_what_was_said_in_order(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    first = await house.say(anna, room, "one")
    second = await house.say(ben, room, "two")
    page = await house.history(ben, room)
    assert [message.kind for message in page.messages] == ["notice", "text", "text"]
    assert [message.id for message in page.messages[1:]] == [first, second]
    assert [message.seq for message in page.messages] == [0, 1, 2]
    assert b'"one"' in bytes(page.messages[1].content or b"")
    assert (page.more_before, page.more_after) == (False, False)


async def test_only_members_may_send_or_learn_that_there_is_anything(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    with pytest.raises(ConversationNotFound):
        await house.say(eve, room)
    with pytest.raises(ConversationNotFound):
        await house.say(eve, ConversationId(12345))
    with pytest.raises(ConversationNotFound):
        await house.history(eve, room)
    with pytest.raises(ConversationNotFound):
        await house.page(eve, room)
    with pytest.raises(ConversationNotFound):
        await house.read(eve, room, message)


async def test_unread_counts_are_exact(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    sent = [await house.say(anna, room, str(number)) for number in range(5)]
    assert await house.unread(ben, room) == (5, False)
    assert await house.unread(anna, room) == (0, False)
    await house.read(ben, room, sent[2])
    assert await house.unread(ben, room) == (2, False)
    assert await house.read(ben, room, sent[1]) is None
    assert await house.unread(ben, room) == (2, False)
    await house.say(ben, room)
    assert await house.unread(ben, room) == (0, False)
    assert await house.unread(anna, room) == (1, False)


async def test_mentions_reach_members_only(house: House) -> None:
    anna, ben, cai, eve = await house.hire("Anna", "Ben", "Cai", "Eve")
    room = await house.group(anna, ben, cai)
    called = await house.say(anna, room, calls=[ben, eve, anna])
    message = await house.message(ben, room, called)
    assert message.mentions == [ben, anna]
    assert await house.unread(ben, room) == (1, True)
    assert await house.unread(cai, room) == (1, False)
    assert await house.unread(anna, room) == (0, False)
    await house.read(ben, room, called)
    assert await house.unread(ben, room) == (0, False)
    await house.say(ben, room, calls_all=True)
    assert await house.unread(cai, room) == (2, True)
    assert await house.unread(anna, room) == (1, True)
    assert await house.unread(ben, room) == (0, False)


async def test_whoever_is_mentioned_has_the_name_that_everybody_knows(house: House) -> None:
    """In and out of the conversation, whatever the client says; and nobody is mentioned who does not exist."""
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)

    def said_in(raw: Any) -> Content:
        return from_json(raw, Content)

    def calling(name: str, *people: int) -> Content:
        spans = tuple(Mention(PersonId(person), name) for person in people)
        return Content((Paragraph(spans), QuoteBlock(spans), Code("@董事长", ""), Items(False, (spans,))))

    forged = await house.say(anna, room, calling("董事长", ben, eve))
    assert plain_text(said_in((await house.message(ben, room, forged)).content)) == (
        "@Ben@Eve @Ben@Eve @董事长 @Ben@Eve"
    )
    await house.do(edit_message, EditMessage(room, forged, calling("总裁", eve)), anna)
    edited = await house.message(ben, room, forged)
    assert plain_text(said_in(edited.content)) == "@Eve @Eve @董事长 @Eve"
    for refused in (calling("Nobody", 12345), calling("Nobody", ben, -1)):
        with pytest.raises(Invalid) as error:
            await house.say(anna, room, refused)
        assert error.value.details["fields"] == {"content.blocks.spans.person": "there is no such person"}


async def test_a_lost_answer_is_given_again(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    first = await house.say(anna, room, "once", key="k1")
    assert await house.say(anna, room, "once", key="k1") == first
    assert await house.say(ben, room, "mine", key="k1") != first
    assert (await house.conversation(anna, room)).last_seq == 2


async def test_a_reply_quotes_what_was_said_then(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    asked = await house.say(anna, room, "x" * 150)
    answer = await house.say(ben, room, "yes", reply_to=asked)
    quote = (await house.message(anna, room, answer)).reply_to
    assert quote is not None
    assert (quote.id, quote.sender, quote.text, quote.recalled) == (asked, anna, "x" * 140, False)
    await house.do(recall_message, RecallMessage(room, asked), anna)
    quote = (await house.message(anna, room, answer)).reply_to
    assert quote is not None
    assert (quote.text, quote.recalled) == ("", True)
    with pytest.raises(MessageGone):
        await house.say(ben, room, "and?", reply_to=asked)


async def test_replies_stay_within_their_conversation(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room, other = await house.group(anna, ben), await house.group(anna)
    elsewhere = await house.say(anna, other)
    with pytest.raises(MessageNotFound):
        await house.say(ben, room, reply_to=elsewhere)
    notice = (await house.history(anna, room)).messages[0]
    with pytest.raises(MessageGone):
        await house.say(ben, room, reply_to=notice.id)
    with pytest.raises(MessageNotFound):
        await house.say(ben, room, reply_to=MessageId(77))


@pytest.mark.parametrize("content", [Content(()), words(""), words(" \n\t")])
async def test_nothing_is_no_message(house: House, content: Content) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    with pytest.raises(Invalid):
        await house.say(anna, room, content)
