"""Editing and recalling: whose, how long, and what is left."""

import asyncio

import pytest

from bilin.core.errors import Invalid, Stale
from bilin.core.ids import Id, MessageId
from bilin.core.log import Receipt
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.members.commands.change_role import ChangeRole, change_role
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.errors import EditedMeanwhile, MessageGone, MessageNotFound, NotYourMessage, WindowClosed
from bilin.messaging.reactions.commands import SetReaction, set_reaction
from tests.messaging.house import House, words

DAY_MS = 86_400_000


async def test_an_edit_replaces_the_words_and_calls_nobody(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "befroe")
    edited = await house.do(edit_message, EditMessage(room, message, words("before", [ben])), anna)
    assert edited is not None
    now = await house.message(ben, room, message)
    assert b'"before"' in bytes(now.content or b"")
    assert (now.id, now.edited, now.seq, now.mentions) == (message, edited.id, 1, [ben])
    assert await house.unread(ben, room) == (1, False)
    assert await house.do(edit_message, EditMessage(room, message, words("before", [ben])), anna) is None


async def test_only_the_sender_edits_and_only_in_time(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)
    message = await house.say(ben, room)
    with pytest.raises(NotYourMessage):
        await house.do(edit_message, EditMessage(room, message, words("x")), anna)
    with pytest.raises(ConversationNotFound):
        await house.do(edit_message, EditMessage(room, message, words("x")), eve)
    with pytest.raises(MessageNotFound):
        await house.do(edit_message, EditMessage(room, MessageId(9), words("x")), ben)
    with pytest.raises(Invalid):
        await house.do(edit_message, EditMessage(room, message, words("")), ben)
    house.clock.ahead_ms = DAY_MS - 60_000
    await house.do(edit_message, EditMessage(room, message, words("in time")), ben)
    house.clock.ahead_ms = DAY_MS + 1_000
    with pytest.raises(WindowClosed):
        await house.do(edit_message, EditMessage(room, message, words("too late")), ben)


async def test_a_recall_leaves_the_place_and_the_number(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    first = await house.say(anna, room, "oops", calls=[ben])
    answer = await house.say(anna, room, "again", reply_to=first)
    await house.do(set_reaction, SetReaction(room, answer, "👍", True), ben)
    await house.do(edit_message, EditMessage(room, answer, words("and again")), anna)
    before = await house.conversation(ben, room)
    recalled = await house.do(recall_message, RecallMessage(room, answer), anna)
    assert recalled is not None
    assert await house.do(recall_message, RecallMessage(room, answer), anna) is None
    now = await house.message(ben, room, answer)
    assert (now.seq, now.kind, now.content, now.reply_to, now.edited) == (2, "text", None, None, None)
    assert (now.reactions, now.mentions, now.mentions_all) == ([], [], False)
    assert now.recalled is not None
    assert (now.recalled.by, now.recalled.id) == (anna, recalled.id)
    after = await house.conversation(ben, room)
    assert (after.last_seq, after.read_seq, after.mention_seq) == (before.last_seq, before.read_seq, before.mention_seq)


async def test_what_was_recalled_can_no_longer_be_changed(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    await house.do(recall_message, RecallMessage(room, message), anna)
    with pytest.raises(MessageGone):
        await house.do(edit_message, EditMessage(room, message, words("x")), anna)
    with pytest.raises(MessageGone):
        await house.do(set_reaction, SetReaction(room, message, "👍", True), ben)
    notice = (await house.history(anna, room)).messages[0].id
    for refused in (
        house.do(recall_message, RecallMessage(room, notice), anna),
        house.do(edit_message, EditMessage(room, notice, words("x")), anna),
    ):
        with pytest.raises(MessageGone):
            await refused


async def test_owner_and_admins_recall_any_time_others_only_their_own_in_time(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben, cai)
    await house.do(change_role, ChangeRole(room, ben, "admin"), anna)
    messages = [await house.say(cai, room, str(number)) for number in range(3)]
    owned = await house.say(anna, room)
    with pytest.raises(NotYourMessage):
        await house.do(recall_message, RecallMessage(room, owned), cai)
    await house.do(recall_message, RecallMessage(room, messages[0]), cai)
    house.clock.ahead_ms = DAY_MS + 1_000
    with pytest.raises(WindowClosed):
        await house.do(recall_message, RecallMessage(room, messages[1]), cai)
    await house.do(recall_message, RecallMessage(room, messages[1]), ben)
    await house.do(recall_message, RecallMessage(room, messages[2]), anna)
    now = await house.message(cai, room, messages[1])
    assert now.recalled is not None
    assert now.recalled.by == ben


async def test_nobody_recalls_the_words_of_the_other_in_a_direct_conversation(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    talk = await house.direct(anna, ben)
    message = await house.say(ben, talk)
    with pytest.raises(NotYourMessage):
        await house.do(recall_message, RecallMessage(talk, message), anna)
    await house.do(recall_message, RecallMessage(talk, message), ben)


async def test_of_two_recalls_at_once_one_happens_and_no_edit_comes_after(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(ben, room)
    *recalls, edit = await asyncio.gather(
        house.do(recall_message, RecallMessage(room, message), anna),
        house.do(recall_message, RecallMessage(room, message), ben),
        house.do(edit_message, EditMessage(room, message, words("late")), ben),
        return_exceptions=True,
    )
    [recalled] = [each for each in recalls if isinstance(each, Receipt)]
    assert all(each is None or isinstance(each, Stale) for each in recalls if each is not recalled), recalls
    assert isinstance(edit, MessageGone) or (isinstance(edit, Receipt) and edit.pos < recalled.pos), edit


async def test_who_edits_words_that_changed_meanwhile_is_told_both(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "one")
    first = await house.do(edit_message, EditMessage(room, message, words("phone"), Id(message)), anna)
    assert first is not None
    with pytest.raises(EditedMeanwhile) as refused:
        await house.do(edit_message, EditMessage(room, message, words("laptop"), Id(message)), anna)
    assert refused.value.details == {"version": first.id, "content": words("phone")}
    await house.do(edit_message, EditMessage(room, message, words("laptop"), first.id), anna)
    assert b"laptop" in bytes((await house.message(ben, room, message)).content or b"")


async def test_of_two_edits_at_once_one_is_refused_and_none_overwritten(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "one")
    edits = [EditMessage(room, message, words(f"{number}"), Id(message)) for number in range(5)]
    done = await asyncio.gather(*(house.do(edit_message, each, anna) for each in edits), return_exceptions=True)
    assert sum(isinstance(each, EditedMeanwhile) for each in done) == len(edits) - 1


async def test_who_names_no_version_edits_what_stands_there(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "one")
    await house.do(edit_message, EditMessage(room, message, words("two")), anna)
    await house.do(edit_message, EditMessage(room, message, words("three")), anna)
    assert b"three" in bytes((await house.message(ben, room, message)).content or b"")


async def test_the_same_words_from_two_devices_are_no_conflict(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room = await house.group(anna, ben)
    message = await house.say(anna, room, "one")
    await house.do(edit_message, EditMessage(room, message, words("two"), Id(message)), anna)
    assert await house.do(edit_message, EditMessage(room, message, words("two"), Id(message)), anna) is None
