"""What is pinned, as a member sees it."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import Connection, reading
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.model import Message
from bilin.messaging.messages.placing import load_bodies
from bilin.messaging.messages.rows import COLUMNS, QUOTED, SHOWN, message_of

SELECT = """
SELECT p.message, p.person, p.id FROM messaging.member me
  JOIN messaging.pin p ON p.conversation = me.conversation AND p.present
  JOIN messaging.message m ON m.conversation = p.conversation AND m.id = p.message
 WHERE me.conversation = $1 AND me.person = $2 AND me.present AND m.kind = 1 AND m.recalled_id IS NULL
 ORDER BY p.id DESC"""
SELECT_MESSAGES = f"""
SELECT (SELECT coalesce(max(pos), 0) FROM core.log) AS pos, m.pinned_by, m.pin_id, {SHOWN}
  FROM messaging.member me LEFT JOIN LATERAL (
    SELECT p.person AS pinned_by, p.id AS pin_id, {COLUMNS} FROM messaging.pin p
      JOIN messaging.message m ON m.conversation = p.conversation AND m.id = p.message
     WHERE p.conversation = me.conversation AND p.present AND m.kind = 1 AND m.recalled_id IS NULL) m ON true {QUOTED}
 WHERE me.conversation = $1 AND me.person = $2 AND me.present ORDER BY m.pin_id DESC"""  # noqa: S608 (constants only)


class Pin(msgspec.Struct, frozen=True):
    """A pinned message: which, by whom, and by which event (its id is the time)."""

    message: MessageId
    person: PersonId
    id: Id


class PinnedMessage(msgspec.Struct, frozen=True):
    """The same with the message itself."""

    message: Message
    person: PersonId
    id: Id


class Pins(msgspec.Struct, frozen=True):
    """All that is pinned in a conversation, the last pinned first."""

    pos: int
    pins: list[PinnedMessage]


async def pins_of(db: Connection, conversation: ConversationId, person: PersonId) -> list[Pin]:
    """What is pinned, the last pinned first; nothing for who is not a member."""
    rows = await db.fetch(SELECT, conversation, person)
    return [Pin(MessageId(row["message"]), PersonId(row["person"]), Id(row["id"])) for row in rows]


async def read_pins(ctx: Context, conversation: ConversationId) -> Pins:
    """What is pinned, with the messages. Raises `ConversationNotFound` to who is not a member."""
    async with reading(ctx.site.pool) as db:
        rows = await db.fetch(SELECT_MESSAGES, conversation, ctx.person)
        if not rows:
            raise ConversationNotFound
        found = [row for row in rows if row["id"] is not None]
        await load_bodies(db, ctx.site.keys, found)
    opened = [
        PinnedMessage(message_of(ctx.site.keys, row), PersonId(row["pinned_by"]), Id(row["pin_id"])) for row in found
    ]
    return Pins(rows[0]["pos"], opened)
