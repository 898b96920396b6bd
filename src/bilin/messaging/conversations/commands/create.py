"""Make a group."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, Id, PersonId
from bilin.core.log import Decision
from bilin.core.policies import policy_of
from bilin.messaging.conversations.events import ConversationCreated
from bilin.messaging.conversations.rules import check_title
from bilin.messaging.members.errors import GroupFull, GroupsForbidden
from bilin.messaging.members.model import MemberRole
from bilin.messaging.members.people import require_welcome
from bilin.messaging.members.rules import check_people
from bilin.messaging.settings import GROUP_SIZE, MAY_CREATE_GROUPS


class CreateGroup(msgspec.Struct, frozen=True):
    """Make a group of which I am the owner."""

    title: str
    members: tuple[PersonId, ...]


async def create_group(command: CreateGroup, ctx: Context) -> Decision:
    """Everybody may make a group with any active people, unless policy says otherwise. Raises `GroupsForbidden`."""
    if not policy_of(ctx, MAY_CREATE_GROUPS):
        raise GroupsForbidden
    title = check_title(command.title)
    others = [person for person in check_people(command.members, "members") if person != ctx.person]
    limit = policy_of(ctx, GROUP_SIZE)
    if len(others) + 1 > limit:
        raise GroupFull(limit=limit)
    await require_welcome(ctx, others, [ctx.person])
    members = (MemberRole(ctx.person, "owner"), *(MemberRole(person, "member") for person in others))
    identifier = Id(ctx.new_id())
    conversation = ConversationId(identifier)
    created = ConversationCreated(conversation=conversation, kind="group", title=title, members=members)
    return Decision([created], id=identifier)
