"""Routes of read marks and receipts."""

import msgspec
from litestar import get, post

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute
from bilin.core.http import SMALL_ANSWER, Change, answer, refuses
from bilin.core.ids import ConversationId, MessageId
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.errors import MessageNotFound, NotYourMessage
from bilin.messaging.receipts.commands import MarkRead, mark_read
from bilin.messaging.receipts.errors import TooManyMembers
from bilin.messaging.receipts.readers import Readers, read_readers


class ReadBody(msgspec.Struct, frozen=True):
    """The message up to which I have read."""

    through: MessageId


@post(
    "/api/conversations/{conversation:str}/read",
    status_code=200,
    opt=SMALL_ANSWER | refuses(ConversationNotFound, MessageNotFound),
    tags=["messages"],
)
async def read(conversation: ConversationId, data: ReadBody, ctx: Context) -> Change:
    """I have read everything up to a message."""
    return answer(await execute(mark_read, MarkRead(conversation, data.through), ctx))


@get(
    "/api/conversations/{conversation:str}/messages/{message:str}/readers",
    opt=cost(5) | refuses(ConversationNotFound, MessageNotFound, NotYourMessage, TooManyMembers),
    tags=["messages"],
)
async def readers(conversation: ConversationId, message: MessageId, ctx: Context) -> Readers:
    """Who has read my message, and who has not yet."""
    return await read_readers(ctx, conversation, message)


receipt_routes = [read, readers]
