"""Leave a group."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId
from bilin.core.log import Decision
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.members.errors import OwnerMustHandOn
from bilin.messaging.members.events import MemberRemoved


class LeaveConversation(msgspec.Struct, frozen=True):
    """Leave a group."""

    conversation: ConversationId


async def leave_conversation(command: LeaveConversation, ctx: Context) -> Decision:
    """Everybody may; the owner only when nobody else is left."""
    view = await access_conversation(ctx, command.conversation, Right.LEAVE)
    if view.role_of(ctx.person) == "owner" and len(view.roles) > 1:
        raise OwnerMustHandOn
    return Decision([MemberRemoved(conversation=view.id, person=ctx.person)], view.expected)
