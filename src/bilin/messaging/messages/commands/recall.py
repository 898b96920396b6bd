"""Take a message back."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, MessageId
from bilin.core.log import Decision
from bilin.core.policies import policy_of
from bilin.files import remove_files
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.views import ConversationView
from bilin.messaging.messages.access import MessageView, access_message
from bilin.messaging.messages.content_rules import files_in
from bilin.messaging.messages.errors import MessageGone, NotYourMessage, WindowClosed
from bilin.messaging.messages.events import MessageRecalled
from bilin.messaging.settings import RECALL_WITHIN


class RecallMessage(msgspec.Struct, frozen=True):
    """Take a message back, for everybody and for good."""

    conversation: ConversationId
    message: MessageId


async def recall_message(command: RecallMessage, ctx: Context) -> Decision | None:
    """The sender may for `messaging.recall_window_s`, owner and admins of a group any time. None when it is gone."""
    view = await access_conversation(ctx, command.conversation, Right.RECALL)
    message = await access_message(ctx, view, command.message)
    if not message.is_text:
        raise MessageGone
    _require_right(view, message, ctx)
    if message.is_recalled:
        return None
    recalled = MessageRecalled(conversation=view.id, message=message.id)
    files = await remove_files(ctx, view.id, [each.file for each in files_in(message.require_words())])
    return Decision([recalled, *files], (*view.expected, message.expected))


def _require_right(view: ConversationView, message: MessageView, ctx: Context) -> None:
    if view.role_of(ctx.person) in ("owner", "admin"):
        return
    if message.sender != ctx.person:
        raise NotYourMessage
    if message.age_s(ctx) > (window := policy_of(ctx, RECALL_WITHIN)):
        raise WindowClosed(window_s=window)
