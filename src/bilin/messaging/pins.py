"""Pinned messages: what a conversation keeps in view above itself, for all its members."""

import msgspec
from litestar import delete, get, put

from bilin.core.commands import Context, execute
from bilin.core.database import reading
from bilin.core.errors import Conflict
from bilin.core.events import event
from bilin.core.http import Change, LargeAnswer, answer, refuses
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.core.log import Decision
from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.core.registers import register
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.flags import flag_table, flags_of
from bilin.messaging.messages.access import access_message
from bilin.messaging.messages.errors import MessageGone, MessageNotFound
from bilin.messaging.messages.model import Message
from bilin.messaging.messages.placing import load_bodies
from bilin.messaging.messages.rows import COLUMNS, QUOTED, SHOWN, message_of

pin_table = flag_table("pin", "pins", "who pinned it, or took it off")
pins = register(pin_table, ("conversation", "message"), ("person", "present"))


@event("messaging.pin_set", version=1, writes=[pins(person="actor")], believed="member", stays=True)
class PinSet(ConversationEvent, frozen=True, kw_only=True):
    """The actor pinned a message to its conversation, or took it off."""

    message: MessageId
    present: bool


SELECT = f"""
SELECT (SELECT coalesce(max(pos), 0) FROM core.log) AS pos, m.pinned_by, m.pin_id, {SHOWN}
  FROM messaging.member me LEFT JOIN LATERAL (
    SELECT p.person AS pinned_by, p.id AS pin_id, {COLUMNS} FROM messaging.pin p
      JOIN messaging.message m ON m.conversation = p.conversation AND m.id = p.message
     WHERE p.conversation = me.conversation AND p.present AND m.kind = 1 AND m.recalled_id IS NULL) m ON true {QUOTED}
 WHERE me.conversation = $1 AND me.person = $2 AND me.present ORDER BY m.pin_id DESC"""  # noqa: S608 (constants only)


class PinnedMessage(msgspec.Struct, frozen=True):
    """A pinned message: which, by whom, and by which event (its id is the time)."""

    message: Message
    person: PersonId
    id: Id


class Pins(msgspec.Struct, frozen=True):
    """All that is pinned in a conversation, the last pinned first."""

    pos: int
    pins: list[PinnedMessage]


async def read_pins(ctx: Context, conversation: ConversationId) -> Pins:
    """What is pinned, with the messages. Raises `ConversationNotFound` to who is not a member."""
    async with reading(ctx.site.pool) as db:
        rows = await db.fetch(SELECT, conversation, ctx.person)
        if not rows:
            raise ConversationNotFound
        found = [row for row in rows if row["id"] is not None]
        await load_bodies(db, ctx.site.keys, found)
    opened = [
        PinnedMessage(message_of(ctx.site.keys, row), PersonId(row["pinned_by"]), Id(row["pin_id"])) for row in found
    ]
    return Pins(rows[0]["pos"], opened)


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
        there = {pin.message for pin in (await flags_of(db, view.id, ctx.person))["pins"]}
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
