"""Begin the direct conversation with somebody."""

import msgspec

from bilin.core.commands import Context
from bilin.core.errors import Invalid
from bilin.core.ids import PersonId
from bilin.core.log import Decision, Expect
from bilin.core.reasons import Reason
from bilin.messaging.conversations.events import ConversationCreated
from bilin.messaging.conversations.model import direct_id
from bilin.messaging.conversations.views import ConversationViews
from bilin.messaging.members.model import MemberRole
from bilin.messaging.members.people import require_welcome


class Oneself(Reason, frozen=True, tag="oneself"):
    """A direct conversation is with somebody else."""

    text = "somebody else"


class BeginDirect(msgspec.Struct, frozen=True):
    """Have a direct conversation with a person; there is at most one of each two people."""

    person: PersonId


async def begin_direct(command: BeginDirect, ctx: Context) -> Decision | None:
    """None when it exists."""
    if command.person == ctx.person:
        raise Invalid(reasons={"person": Oneself()})
    conversation = direct_id(ctx.person, command.person)
    if await ctx.site.get(ConversationViews).load(conversation) is not None:
        return None
    await require_welcome(ctx, [command.person], [ctx.person])
    members = (MemberRole(ctx.person, "member"), MemberRole(command.person, "member"))
    created = ConversationCreated(conversation=conversation, kind="direct", title="", members=members)
    return Decision([created], expects=(Expect(conversation, 0),))
