"""Routes of messages."""

from typing import Annotated

import msgspec
from litestar import get, patch, post
from litestar.params import Parameter

from bilin.core.commands import Context, execute
from bilin.core.errors import Invalid
from bilin.core.http import SMALL_ANSWER, Change, LargeAnswer, Made, answer, answer_made, refuses
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.core.reasons import OnlyOneOf
from bilin.files import BytesMissing, SentAlready, UploadNotEnded, UploadNotFound
from bilin.messaging.conversations.errors import ConversationNotFound
from bilin.messaging.messages.commands.edit import EditMessage, edit_message
from bilin.messaging.messages.commands.recall import RecallMessage, recall_message
from bilin.messaging.messages.commands.send import SendMessage, send_message
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.errors import EditedMeanwhile, MessageGone, MessageNotFound, NotYourMessage, WindowClosed
from bilin.messaging.messages.history import MAX_LIMIT, NEWEST, MessagePage, Where, read_history

Limit = Annotated[int, Parameter(ge=1, le=MAX_LIMIT)]


class SendBody(msgspec.Struct, frozen=True):
    """A message to send."""

    content: Content
    reply_to: MessageId | None = None
    draft: Id | None = None
    """My draft of this conversation that ends with it."""


class EditBody(msgspec.Struct, frozen=True):
    """The new words of a message, and which ones they replace."""

    content: Content
    based_on: Id | None = None


@get(
    "/api/conversations/{conversation:str}/messages",
    response_class=LargeAnswer,
    opt=refuses(ConversationNotFound),
    tags=["messages"],
)
async def history(
    conversation: ConversationId,
    ctx: Context,
    before: MessageId | None = None,
    after: MessageId | None = None,
    around: MessageId | None = None,
    limit: Limit = 50,
) -> MessagePage:
    """A page of the timeline, ascending; without a cursor the newest."""
    cursors: list[tuple[Where, MessageId | None]] = [("before", before), ("after", after), ("around", around)]
    given: list[tuple[Where, MessageId]] = [(where, cursor) for where, cursor in cursors if cursor is not None]
    if len(given) > 1:
        raise Invalid(reasons={given[1][0]: OnlyOneOf(names="before, after, around")})
    where, cursor = given[0] if given else ("before", MessageId(NEWEST))
    return await read_history(ctx, conversation, where, cursor, limit)


@post(
    "/api/conversations/{conversation:str}/messages",
    opt=SMALL_ANSWER
    | refuses(
        ConversationNotFound,
        MessageNotFound,
        MessageGone,
        UploadNotFound,
        UploadNotEnded,
        SentAlready,
        BytesMissing,
    ),
    tags=["messages"],
)
async def send(conversation: ConversationId, data: SendBody, ctx: Context) -> Made:
    """Say something."""
    return answer_made(
        await execute(send_message, SendMessage(conversation, data.content, data.reply_to, data.draft), ctx)
    )


@patch(
    "/api/conversations/{conversation:str}/messages/{message:str}",
    opt=refuses(ConversationNotFound, MessageNotFound, MessageGone, NotYourMessage, WindowClosed, EditedMeanwhile),
    tags=["messages"],
)
async def edit(conversation: ConversationId, message: MessageId, data: EditBody, ctx: Context) -> Change:
    """Change my words."""
    return answer(await execute(edit_message, EditMessage(conversation, message, data.content, data.based_on), ctx))


@post(
    "/api/conversations/{conversation:str}/messages/{message:str}/recall",
    status_code=200,
    opt=refuses(ConversationNotFound, MessageNotFound, MessageGone, NotYourMessage, WindowClosed),
    tags=["messages"],
)
async def recall(conversation: ConversationId, message: MessageId, ctx: Context) -> Change:
    """Take a message back."""
    return answer(await execute(recall_message, RecallMessage(conversation, message), ctx))


message_routes = [history, send, edit, recall]
