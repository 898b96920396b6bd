"""Say how far one has read."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import reading
from bilin.core.ids import ConversationId, MessageId
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.messages.errors import MessageNotFound
from bilin.messaging.receipts.events import ReadMarked
from bilin.messaging.receipts.seen import read_target, seen_by_mark
from bilin.messaging.settings import MessagingSettings


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
        target = await read_target(db, ctx, view.id, command.through)
        if target is None:
            raise MessageNotFound(message=command.through)
        if not target.is_further:
            return None
        seen = await seen_by_mark(db, view.id, target)
    shared = len(view.roles) <= ctx.site.settings[MessagingSettings].receipts_max_members
    return ReadMarked(conversation=view.id, through=target.text, shared=shared, seen=seen)
