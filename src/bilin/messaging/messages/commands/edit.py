"""Change the words of a message."""

import msgspec

from bilin.core.commands import Context
from bilin.core.errors import Invalid
from bilin.core.ids import ConversationId, Id, MessageId
from bilin.core.log import Decision
from bilin.core.policies import policy_of
from bilin.files import remove_files
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.messages.access import access_message
from bilin.messaging.messages.commands.send import members_called
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.content_rules import FilesStay, check_content, files_in
from bilin.messaging.messages.errors import EditedMeanwhile, NotYourMessage, WindowClosed
from bilin.messaging.messages.events import MessageEdited
from bilin.messaging.messages.mentions import with_names
from bilin.messaging.settings import EDIT_WITHIN


class EditMessage(msgspec.Struct, frozen=True):
    """Put other words in place of what I said."""

    conversation: ConversationId
    message: MessageId
    content: Content
    based_on: Id | None = None
    """The version that was changed: the event that brought its words. None: whatever stands there."""


async def edit_message(command: EditMessage, ctx: Context) -> Decision | None:
    """The sender may, for `messaging.edit_window_s`. None when the words are the same. Nobody is called again.

    Raises `EditedMeanwhile` when the words to change are not those that the sender saw.
    """
    view = await access_conversation(ctx, command.conversation, Right.TAKE_PART)
    message = await access_message(ctx, view, command.message)
    words = message.require_words()
    if message.sender != ctx.person:
        raise NotYourMessage
    if message.age_s(ctx) > (window := policy_of(ctx, EDIT_WITHIN)):
        raise WindowClosed(window_s=window)
    called = check_content(command.content)
    content = await with_names(ctx, command.content, called)
    if content == words:
        return None
    if command.based_on is not None and command.based_on != message.version:
        raise EditedMeanwhile(version=message.version, content=words)
    stay = files_in(words)
    if any(each not in stay for each in called.files):
        raise Invalid(reasons={"content.blocks.file": FilesStay()})
    gone = [each.file for each in stay if each not in called.files]
    edited = MessageEdited(
        conversation=view.id,
        message=message.id,
        content=content,
        mentions=members_called(view, called),
        mentions_all=called.everyone,
    )
    return Decision([edited, *await remove_files(ctx, view.id, gone)], (*view.expected, message.expected))
