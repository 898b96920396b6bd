"""Who has read a message, and who has not yet."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId, MessageId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.errors import MessageNotFound, NotYourMessage
from bilin.messaging.messages.tables import TEXT
from bilin.messaging.receipts.errors import TooManyMembers
from bilin.messaging.settings import MessagingSettings

SELECT_MESSAGE = """
SELECT c.members, m.sender, m.kind, m.seq FROM messaging.member me
  JOIN messaging.conversation c ON c.id = me.conversation
  LEFT JOIN messaging.message m ON m.conversation = me.conversation AND m.id = $3 AND m.kind <> 0
 WHERE me.person = $2 AND me.conversation = $1 AND me.present"""
SELECT_READERS = """
SELECT person, read_seq >= $2 AS has_read FROM messaging.member
 WHERE conversation = $1 AND present AND person <> $3 ORDER BY read_seq DESC, person"""


class Readers(msgspec.Struct, frozen=True):
    """The other members by whether they have read a message."""

    read: list[PersonId]
    unread: list[PersonId]


async def read_readers(ctx: Context, conversation: ConversationId, message: MessageId) -> Readers:
    """For the sender of a message, in conversations of up to `messaging.receipts_max_members`."""
    limit = ctx.site.settings[MessagingSettings].receipts_max_members
    async with reading(ctx.site.pool) as db:
        about = await db.fetchrow(SELECT_MESSAGE, conversation, ctx.person, message)
        if about is None:
            raise ConversationNotFound
        if about["kind"] != TEXT:
            raise MessageNotFound(message=message)
        if about["sender"] != ctx.person:
            raise NotYourMessage
        if about["members"] > limit:
            raise TooManyMembers(limit=limit, members=about["members"])
        rows = await db.fetch(SELECT_READERS, conversation, about["seq"], ctx.person)
    return Readers(
        [PersonId(row["person"]) for row in rows if row["has_read"]],
        [PersonId(row["person"]) for row in rows if not row["has_read"]],
    )
