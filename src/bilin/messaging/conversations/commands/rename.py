"""Give a group a new title."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId
from bilin.core.log import Decision
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.events import ConversationRenamed
from bilin.messaging.conversations.rules import check_title


class RenameConversation(msgspec.Struct, frozen=True):
    """Give a group a new title."""

    conversation: ConversationId
    title: str


async def rename_conversation(command: RenameConversation, ctx: Context) -> Decision:
    """Owner and admins may."""
    view = await access_conversation(ctx, command.conversation, Right.RENAME)
    renamed = ConversationRenamed(conversation=view.id, title=check_title(command.title))
    return Decision([renamed], view.expected)
