"""Make a member an admin, or an admin a member."""

import msgspec

from bilin.core.commands import Context
from bilin.core.errors import Invalid
from bilin.core.ids import ConversationId, PersonId
from bilin.core.log import Decision
from bilin.core.reasons import NotOneOf
from bilin.messaging.conversations.access import Right, access_conversation
from bilin.messaging.members.errors import OwnerMustHandOn
from bilin.messaging.members.events import MemberRoleChanged
from bilin.messaging.members.model import Role


class ChangeRole(msgspec.Struct, frozen=True):
    """Give a member of a group a role."""

    conversation: ConversationId
    person: PersonId
    role: Role


async def change_role(command: ChangeRole, ctx: Context) -> Decision | None:
    """Only the owner may. None when the person has the role already."""
    view = await access_conversation(ctx, command.conversation, Right.CHANGE_ROLES)
    if command.role == "owner":
        raise Invalid(reasons={"role": NotOneOf(values="admin, member")})
    present = view.role_of(command.person)
    if present == "owner":
        raise OwnerMustHandOn
    if present == command.role:
        return None
    changed = MemberRoleChanged(conversation=view.id, person=command.person, role=command.role)
    return Decision([changed], view.expected)
