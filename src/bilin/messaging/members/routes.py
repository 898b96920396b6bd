"""Routes of the members of a conversation."""

import msgspec
from litestar import delete, get, post, put
from litestar.params import Parameter

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute
from bilin.core.http import Change, LargeAnswer, answer, refuses
from bilin.core.ids import ConversationId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound, NotInDirect, RoleNeeded
from bilin.messaging.members.commands.add_members import AddMembers, add_members
from bilin.messaging.members.commands.change_role import ChangeRole, change_role
from bilin.messaging.members.commands.hand_on import HandOnConversation, hand_on_conversation
from bilin.messaging.members.commands.leave import LeaveConversation, leave_conversation
from bilin.messaging.members.commands.remove_member import RemoveMember, remove_member
from bilin.messaging.members.errors import GroupFull, MemberNotFound, OwnerMustHandOn, PersonUnknown
from bilin.messaging.members.model import Role
from bilin.messaging.members.reading import MAX_MEMBERS, MembersPage, read_members
from bilin.sites import Stays


class PeopleBody(msgspec.Struct, frozen=True):
    """People to add."""

    people: tuple[PersonId, ...]


class OwnerBody(msgspec.Struct, frozen=True):
    """Somebody."""

    person: PersonId


class RoleBody(msgspec.Struct, frozen=True):
    """A role to give."""

    role: Role


@get(
    "/api/conversations/{conversation:str}/members",
    response_class=LargeAnswer,
    opt=refuses(ConversationNotFound),
    tags=["conversations"],
)
async def list_members(
    conversation: ConversationId,
    ctx: Context,
    after: PersonId | None = None,
    limit: int = Parameter(default=MAX_MEMBERS, ge=1, le=MAX_MEMBERS),
) -> MembersPage:
    """Members of a conversation of mine, by id. What changed between two pages comes as events after the first page's
    position: applied once more, none of them changes what a later page knew already."""
    return await read_members(ctx, conversation, after, limit)


@post(
    "/api/conversations/{conversation:str}/members",
    opt=cost(5) | refuses(ConversationNotFound, NotInDirect, PersonUnknown, GroupFull, Stays),
    tags=["conversations"],
)
async def add(conversation: ConversationId, data: PeopleBody, ctx: Context) -> Change:
    """Add people to a group."""
    return answer(await execute(add_members, AddMembers(conversation, data.people), ctx))


@delete(
    "/api/conversations/{conversation:str}/members/{person:str}",
    status_code=200,
    opt=refuses(ConversationNotFound, NotInDirect, MemberNotFound, RoleNeeded, OwnerMustHandOn),
    tags=["conversations"],
)
async def remove(conversation: ConversationId, person: PersonId, ctx: Context) -> Change:
    """Remove somebody from a group."""
    return answer(await execute(remove_member, RemoveMember(conversation, person), ctx))


@post(
    "/api/conversations/{conversation:str}/leave",
    status_code=200,
    opt=refuses(ConversationNotFound, NotInDirect, OwnerMustHandOn),
    tags=["conversations"],
)
async def leave(conversation: ConversationId, ctx: Context) -> Change:
    """Leave a group."""
    return answer(await execute(leave_conversation, LeaveConversation(conversation), ctx))


@post(
    "/api/conversations/{conversation:str}/owner",
    status_code=200,
    opt=refuses(ConversationNotFound, NotInDirect, MemberNotFound, RoleNeeded),
    tags=["conversations"],
)
async def hand_on(conversation: ConversationId, data: OwnerBody, ctx: Context) -> Change:
    """Hand a group on to another owner."""
    return answer(await execute(hand_on_conversation, HandOnConversation(conversation, data.person), ctx))


@put(
    "/api/conversations/{conversation:str}/members/{person:str}/role",
    opt=refuses(ConversationNotFound, NotInDirect, MemberNotFound, RoleNeeded, OwnerMustHandOn),
    tags=["conversations"],
)
async def set_role(conversation: ConversationId, person: PersonId, data: RoleBody, ctx: Context) -> Change:
    """Make a member an admin, or an admin a member."""
    return answer(await execute(change_role, ChangeRole(conversation, person, data.role), ctx))


member_routes = [list_members, add, remove, leave, hand_on, set_role]
