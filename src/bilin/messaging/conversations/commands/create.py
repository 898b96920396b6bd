"""Make a group."""

import msgspec

from bilin.core.commands import Context
from bilin.core.ids import ConversationId, Id, PersonId
from bilin.core.log import Decision
from bilin.messaging.conversations.events import ConversationCreated
from bilin.messaging.conversations.rules import check_title
from bilin.messaging.members.errors import GroupFull
from bilin.messaging.members.model import MemberRole
from bilin.messaging.members.people import require_welcome
from bilin.messaging.members.rules import check_people
from bilin.messaging.settings import MessagingSettings


class CreateGroup(msgspec.Struct, frozen=True):
    """Make a group of which I am the owner."""

    title: str
    members: tuple[PersonId, ...]


async def create_group(command: CreateGroup, ctx: Context) -> Decision:
    """Everybody may make a group with any active people."""
    title = check_title(command.title)
    others = [person for person in check_people(command.members, "members") if person != ctx.person]
    limit = ctx.site.settings[MessagingSettings].group_max_members
    if len(others) + 1 > limit:
        raise GroupFull(limit=limit)
    await require_welcome(ctx, others, [ctx.person])
    members = (MemberRole(ctx.person, "owner"), *(MemberRole(person, "member") for person in others))
    identifier = Id(ctx.new_id())
    conversation = ConversationId(identifier)
    created = ConversationCreated(conversation=conversation, kind="group", title=title, members=members)
    return Decision([created], id=identifier)
