"""Remove somebody from a group."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Decision
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.conversations.errors import RoleNeeded
from bilin.messaging.members.commands.leave import LeaveConversation, leave_conversation
from bilin.messaging.members.events import MemberRemoved


class RemoveMember(msgspec.Struct, frozen=True):
    """Remove somebody from a group."""

    conversation: ConversationId
    person: PersonId


async def remove_member(command: RemoveMember, ctx: Context) -> Decision:
    """The owner may remove everybody, admins may remove members. Removing oneself is leaving."""
    if command.person == ctx.person:
        return await leave_conversation(LeaveConversation(command.conversation), ctx)
    view = await access_conversation(ctx, command.conversation, Right.REMOVE)
    if view.role_of(ctx.person) != "owner" and view.role_of(command.person) != "member":
        raise RoleNeeded(roles=["owner"])
    view.role_of(command.person)
    return Decision([MemberRemoved(conversation=view.id, person=command.person)], view.expected)
