"""Say how far one has read."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId, MessageId
from bilin.messaging.access import Right, access_conversation
from bilin.messaging.errors import MessageNotFound
from bilin.messaging.events import ReadMarked
from bilin.messaging.settings import MessagingSettings

SELECT = """
SELECT m.seq > r.read_seq FROM messaging.message m
  JOIN messaging.member r ON r.person = $3 AND r.conversation = m.conversation
 WHERE m.conversation = $1 AND m.id = $2 AND m.kind <> 0"""


class MarkRead(msgspec.Struct, frozen=True):
    """I have read everything up to a message."""

    conversation: ConversationId
    through: MessageId


async def mark_read(command: MarkRead, ctx: Context) -> ReadMarked | None:
    """None when it was read before. The other members are told in conversations of a size where they may ask.

    No expectation: a mark by somebody who was removed meanwhile changes nothing that anybody sees.
    """
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    async with reading(ctx.site.pool) as db:
        is_further = await db.fetchval(SELECT, view.id, command.through, ctx.person)
    if is_further is None:
        raise MessageNotFound(details={"message": command.through})
    if not is_further:
        return None
    shared = len(view.roles) <= ctx.site.settings[MessagingSettings].receipts_max_members
    return ReadMarked(conversation=view.id, through=command.through, shared=shared)
