"""Pin a message of a conversation, take it off, and see what is pinned."""

import msgspec
from litestar import delete, get, put

from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.errors import Conflict
from bilin.core.http import Change, LargeAnswer, answer, refuses
from bilin.core.ids import ConversationId, MessageId
from bilin.core.log import Decision
from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.access import access_message
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.pins.facts import PinSet
from bilin.messaging.pins.facts import pin as pin_table
from bilin.messaging.pins.reading import Pins, pins_of, read_pins

PATH = "/api/conversations/{conversation:str}/messages/{message:str}/pin"
MAX_PINS = 100
"""At most so many in one conversation: they are shown together."""


class TooManyPins(Conflict):
    """Enough messages are pinned."""

    code = "messaging.too_many_pins"
    title = "Too many messages are pinned in this conversation"
    hint = "Take some of them off first."
    limit: int


class SetPin(msgspec.Struct, frozen=True):
    """Have a message pinned, or not."""

    conversation: ConversationId
    message: MessageId
    present: bool


async def set_pin(command: SetPin, ctx: Context) -> Decision | None:
    """Every member may. None when it is so already: what was recalled is not pinned."""
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    message = await access_message(ctx, view, command.message)
    if command.present and (not message.is_text or message.is_recalled):
        raise MessageGone
    async with reading(ctx.site.pool) as db:
        there = {pin.message for pin in await pins_of(db, view.id, ctx.person)}
    if (message.id in there) == command.present:
        return None
    if command.present and len(there) >= MAX_PINS:
        raise TooManyPins(limit=MAX_PINS)
    pinned = PinSet(conversation=view.id, message=message.id, present=command.present)
    return Decision([pinned], (*view.expected, message.expected))


@put(PATH, opt=refuses(ConversationNotFound, MessageNotFound, MessageGone, TooManyPins), tags=["messages"])
async def pin(conversation: ConversationId, message: MessageId, ctx: Context) -> Change:
    """Pin a message to the top of its conversation, for everybody in it."""
    return answer(await execute(set_pin, SetPin(conversation, message, True), ctx))


@delete(PATH, status_code=200, opt=refuses(ConversationNotFound, MessageNotFound), tags=["messages"])
async def unpin(conversation: ConversationId, message: MessageId, ctx: Context) -> Change:
    """Take it off."""
    return answer(await execute(set_pin, SetPin(conversation, message, False), ctx))


@get(
    "/api/conversations/{conversation:str}/pins",
    response_class=LargeAnswer,
    opt=refuses(ConversationNotFound),
    tags=["messages"],
)
async def pinned(conversation: ConversationId, ctx: Context) -> Pins:
    """What is pinned in a conversation, the last pinned first."""
    return await read_pins(ctx, conversation)


feature = Feature(name="pins", none=FIRST_QUESTIONS, events=(PinSet,), tables=(pin_table,), routes=[pin, unpin, pinned])
