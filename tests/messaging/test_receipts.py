"""Read marks, who is told of them, and who has read what."""

import pytest

from bilin.core.ids import MessageId
from bilin.core.settings import Settings
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.errors import MessageNotFound, NotYourMessage
from bilin.messaging.receipts.commands import MarkRead, mark_read
from bilin.messaging.receipts.errors import TooManyMembers
from bilin.messaging.receipts.readers import read_readers
from tests.messaging.conftest import with_settings
from tests.messaging.house import House, open_house


async def test_the_sender_sees_who_has_read(house: House) -> None:
    anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
    room = await house.group(anna, ben, cai)
    message = await house.say(anna, room)
    readers = await read_readers(house.context(anna), room, message)
    assert (readers.read, sorted(readers.unread)) == ([], [ben, cai])
    await house.read(ben, room, message)
    readers = await read_readers(house.context(anna), room, message)
    assert (readers.read, readers.unread) == ([ben], [cai])


async def test_nobody_else_sees_it(house: House) -> None:
    anna, ben, eve = await house.hire("Anna", "Ben", "Eve")
    room = await house.group(anna, ben)
    message = await house.say(anna, room)
    with pytest.raises(NotYourMessage):
        await read_readers(house.context(ben), room, message)
    with pytest.raises(ConversationNotFound):
        await read_readers(house.context(eve), room, message)
    with pytest.raises(MessageNotFound):
        await read_readers(house.context(anna), room, MessageId(room))


async def test_marks_go_through_messages_of_the_conversation(house: House) -> None:
    anna, ben = await house.hire("Anna", "Ben")
    room, other = await house.group(anna, ben), await house.group(anna, ben)
    elsewhere = await house.say(anna, other)
    with pytest.raises(MessageNotFound):
        await house.read(ben, room, elsewhere)
    message = await house.say(anna, room)
    await house.do(recall_message, RecallMessage(room, message), anna)
    await house.read(ben, room, message)
    assert await house.unread(ben, room) == (0, False)
    assert await house.read(ben, room, MessageId(room)) is None


async def test_a_mark_is_shared_in_small_conversations_only(settings: Settings) -> None:
    house = await open_house(with_settings(settings, BILIN_MESSAGING_RECEIPTS_MAX_MEMBERS="2"))
    try:
        anna, ben, cai = await house.hire("Anna", "Ben", "Cai")
        small, large = await house.group(anna, ben), await house.group(anna, ben, cai)
        for room, shared in ((small, True), (large, False)):
            message = await house.say(anna, room)
            marked = await mark_read(MarkRead(room, message), house.context(ben))
            assert marked is not None
            assert marked.shared is shared
            assert marked.topics(ben) == ((room,) if shared else (ben,))
        with pytest.raises(TooManyMembers):
            await read_readers(house.context(anna), large, message)
    finally:
        await house.site.close()
