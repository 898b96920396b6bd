"""Hand a group on to another owner."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Decision
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.members.events import OwnerChanged


class HandOnConversation(msgspec.Struct, frozen=True):
    """Make another member the owner."""

    conversation: ConversationId
    person: PersonId


async def hand_on_conversation(command: HandOnConversation, ctx: Context) -> Decision | None:
    """Only the owner may; they become a member. None when the person is the owner already."""
    view = await access_conversation(ctx, command.conversation, Right.HAND_ON)
    if view.role_of(command.person) == "owner":
        return None
    return Decision([OwnerChanged(conversation=view.id, person=command.person)], view.expected)
