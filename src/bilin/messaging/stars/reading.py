"""What somebody marked, the last marked first; of conversations they left only that there was something."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.messaging.messages.model import Message
from bilin.messaging.messages.placing import load_bodies
from bilin.messaging.messages.rows import COLUMNS, QUOTED, SHOWN, message_of

SELECT = f"""
SELECT s.id AS star_id, s.conversation AS star_conversation, s.message AS star_message, {SHOWN}
  FROM (SELECT * FROM messaging.star WHERE person = $1 AND present AND id < $2 ORDER BY id DESC LIMIT $3) s
  LEFT JOIN messaging.member me ON me.person = s.person AND me.conversation = s.conversation AND me.present
  LEFT JOIN LATERAL (SELECT {COLUMNS} FROM messaging.message m
                      WHERE m.conversation = me.conversation AND m.id = s.message AND m.kind = 1) m ON true {QUOTED}
 ORDER BY s.id DESC"""  # noqa: S608 (constants only)


class Star(msgspec.Struct, frozen=True):
    """A message that I marked."""

    id: Id
    """The event that marked it; its id is the time."""
    conversation: ConversationId
    message: MessageId
    shown: Message | None
    """Null when I am no longer in the conversation: it can no longer be read."""


class Stars(msgspec.Struct, frozen=True):
    """A page of what I marked, the last marked first."""

    stars: list[Star]
    more: bool


async def read_stars(ctx: Context, before: int, limit: int) -> Stars:
    """What I marked before an event, at most `limit`."""
    async with reading(ctx.site.pool) as db:
        rows = await db.fetch(SELECT, ctx.person, before, limit + 1)
        shown = rows[:limit]
        await load_bodies(db, ctx.site.keys, [row for row in shown if row["id"] is not None])
    stars = [
        Star(
            Id(row["star_id"]),
            ConversationId(row["star_conversation"]),
            MessageId(row["star_message"]),
            None if row["id"] is None else message_of(ctx.site.keys, row),
        )
        for row in shown
    ]
    return Stars(stars, len(rows) > limit)
