"""Drafts: one's own, one in each conversation, the last that wrote counts, sealed, and gone with what is sent."""

import asyncio

import pytest

from bilin.core.codec import from_json
from bilin.core.errors import Invalid
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.drafts.feature import DraftChangedMeanwhile, SetDraft, set_draft
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.content_rules import MAX_CHARS
from tests.authorization.rows import C, talk
from tests.authorization.scene import IN_CONVERSATION, text
from tests.convergence import crowd as people
from tests.messaging.house import House, words

ROUTES = [talk("PUT", C + "/draft", IN_CONVERSATION, text("还没")), talk("DELETE", C + "/draft", IN_CONVERSATION)]


async def draft(crowd: people.Crowd) -> None:
    """Begin to write, or leave it."""
    if conversation := crowd.anywhere():
        person = crowd.someone()
        body = crowd.dice.choice([people.words(crowd), people.words(crowd), None])
        path = f"/conversations/{conversation}/draft"
        kept = await crowd.try_(person, "DELETE" if body is None else "PUT", path, body)
        if kept and kept["id"]:
            crowd.drafts[person, conversation] = kept["id"]


ACTIONS = [draft] * 2
STORED = "SELECT content FROM messaging.draft WHERE person = $1 AND conversation = $2"


async def drafted(house: House, person: PersonId, room: ConversationId) -> tuple[Content, MessageId | None] | None:
    """What a device that opens the conversation, or signs in, is given."""
    draft = (await house.conversation(person, room)).draft
    assert draft == next(each for each in await house.listed(person) if each.id == room).draft
    return None if draft is None else (from_json(draft.content, Content), draft.reply_to)


async def test_the_last_that_wrote_counts_and_nobody_else_sees_it(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    await house.do(set_draft, SetDraft(room, words("I thi")), ben)
    await house.do(set_draft, SetDraft(room, words("I think so"), message), ben)
    assert await drafted(house, ben, room) == (words("I think so"), message)
    assert await drafted(house, anna, room) is None
    stored = await house.site.pool.fetchval(STORED, ben, room)
    assert b"think" not in stored
    assert await house.do(set_draft, SetDraft(room, None), ben) is not None
    assert await drafted(house, ben, room) is None
    assert await house.site.pool.fetchval(STORED, ben, room) is None
    assert await house.do(set_draft, SetDraft(room, None), ben) is None


async def test_what_is_sent_is_no_draft_any_more(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    await house.do(set_draft, SetDraft(room, words("done")), anna)
    await house.do(send_message, SendMessage(room, words("something else")), anna)
    assert await drafted(house, anna, room) is not None
    draft = (await house.conversation(anna, room)).draft
    assert draft is not None
    receipt = await house.do(send_message, SendMessage(room, words("done"), draft=draft.id), anna)
    assert receipt is not None
    assert (await house.message(anna, room, MessageId(receipt.id))).seq == 2
    assert await drafted(house, anna, room) is None


async def test_blank_is_none_and_too_long_is_refused(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    assert await house.do(set_draft, SetDraft(room, words("  ")), anna) is None
    with pytest.raises(Invalid):
        await house.do(set_draft, SetDraft(room, words("x" * (MAX_CHARS + 1))), anna)


async def test_who_is_not_inside_may_only_give_up_what_they_had(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)
    await house.do(set_draft, SetDraft(room, words("mine")), ben)
    await house.do(remove_member, RemoveMember(room, ben), anna)
    for outsider in (ben, eve):
        with pytest.raises(ConversationNotFound):
            await house.do(set_draft, SetDraft(room, words("more")), outsider)
    with pytest.raises(ConversationNotFound):
        await house.do(set_draft, SetDraft(room, None), eve)
    assert await house.do(set_draft, SetDraft(room, None), ben) is not None


async def test_what_was_not_seen_is_not_overwritten(house: House) -> None:
    """Two devices write on from the same draft: the later is told, and may put its own in the place of the other."""
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    first = await house.do(set_draft, SetDraft(room, words("one"), based_on=None), anna)
    assert first is not None
    second = await house.do(set_draft, SetDraft(room, words("one two"), based_on=first.id), anna)
    assert second is not None
    for seen in (None, first.id):
        with pytest.raises(DraftChangedMeanwhile) as refused:
            await house.do(set_draft, SetDraft(room, words("one three"), based_on=seen), anna)
        assert refused.value.details["version"] == second.id
        assert await house.do(set_draft, SetDraft(room, None, based_on=first.id), anna) is None
        assert await house.do(set_draft, SetDraft(room, words("one two"), based_on=seen), anna) is None
    assert await drafted(house, anna, room) == (words("one two"), None)
    assert await house.do(set_draft, SetDraft(room, words("one three"), based_on=second.id), anna) is not None


async def test_what_ended_meanwhile_is_begun_anew(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    first = await house.do(set_draft, SetDraft(room, words("one"), based_on=None), anna)
    assert first is not None
    await house.do(set_draft, SetDraft(room, None), anna)
    assert await house.do(set_draft, SetDraft(room, words("one more"), based_on=first.id), anna) is not None
    assert await drafted(house, anna, room) == (words("one more"), None)


async def test_two_devices_at_once_are_decided_one_after_the_other(house: House) -> None:
    (anna,) = await house.hire("Anna")
    room = await house.group(anna)
    texts = [words(f"text {number}") for number in range(5)]
    keeping = [house.do(set_draft, SetDraft(room, text, based_on=None), anna) for text in texts]
    outcomes = await asyncio.gather(*keeping, return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["DraftChangedMeanwhile"] * 4 + ["Receipt"]


async def test_where_one_began_to_write_is_listed(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    direct = await house.direct(anna, ben)
    assert [each.id for each in await house.listed(anna)] == []
    await house.do(set_draft, SetDraft(direct, words("Hello")), anna)
    assert [each.id for each in await house.listed(anna)] == [direct]
    assert [each.id for each in await house.listed(ben)] == []
