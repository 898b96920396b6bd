"""Add people to a group."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Decision
from bilin.core.policies import policy_of
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.members.errors import GroupFull
from bilin.messaging.members.events import MembersAdded
from bilin.messaging.members.people import require_welcome
from bilin.messaging.members.rules import check_people
from bilin.messaging.settings import GROUP_SIZE


class AddMembers(msgspec.Struct, frozen=True):
    """Add people to a group."""

    conversation: ConversationId
    people: tuple[PersonId, ...]


async def add_members(command: AddMembers, ctx: Context) -> Decision | None:
    """Any member may. Who is in already stays as they are; None when all are."""
    view = await access_conversation(ctx, command.conversation, Right.ADD)
    new = [person for person in check_people(command.people, "people") if person not in view.roles]
    if not new:
        return None
    limit = policy_of(ctx, GROUP_SIZE)
    if len(view.roles) + len(new) > limit:
        raise GroupFull(limit=limit, members=len(view.roles))
    await require_welcome(ctx, new, view.roles, view.id)
    return Decision([MembersAdded(conversation=view.id, people=tuple(new))], view.expected)
