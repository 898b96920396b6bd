"""The only door to a conversation on behalf of a person: `access_conversation`.

Who is not in a conversation learns nothing of it, not even that it exists. To take part, which is nearly all that
happens, the door answers from memory; that may be a moment old, and a decision expects the version it was read at
(`ConversationView.expected`). For all else it reads.
"""

from collections.abc import Mapping
from enum import Enum, auto

from bilin.core.commands import Context
from bilin.core.errors import BilinError
from bilin.core.ids import ConversationId, PersonId
from bilin.messaging.conversations.errors import ConversationNotFound, NotInDirect, RoleNeeded
from bilin.messaging.conversations.views import ConversationView, ConversationViews
from bilin.messaging.members.model import Role


class Right(Enum):
    """What a member may want to do."""

    TAKE_PART = auto()
    RECALL = auto()
    ADD = auto()
    RENAME = auto()
    REMOVE = auto()
    LEAVE = auto()
    HAND_ON = auto()
    CHANGE_ROLES = auto()


IN_DIRECT_TOO = frozenset({Right.TAKE_PART, Right.RECALL})
NEEDED_ROLES: Mapping[Right, frozenset[Role]] = {
    Right.RENAME: frozenset({"owner", "admin"}),
    Right.REMOVE: frozenset({"owner", "admin"}),
    Right.HAND_ON: frozenset({"owner"}),
    Right.CHANGE_ROLES: frozenset({"owner"}),
}
"""Rights that not every member has."""


async def access_conversation(ctx: Context, conversation: ConversationId, right: Right) -> ConversationView:
    """The conversation, for a member with the right.

    Raises `ConversationNotFound` to everybody else, `NotInDirect` and `RoleNeeded` to members. A refusal is never
    given from memory: it was read just now.
    """
    views = ctx.site.get(ConversationViews)
    if right is Right.TAKE_PART and not ctx.fresh:
        view = views.remembered(conversation)
        if view is not None and ctx.person in view.roles:
            return view
    view = await views.load(conversation)
    if view is None:
        raise ConversationNotFound
    if (error := refusal(view, ctx.person, right)) is not None:
        raise error
    return view


def refusal(view: ConversationView, person: PersonId, right: Right) -> BilinError | None:
    """Why a person does not have a right; None when they have it."""
    role = view.roles.get(person)
    if role is None:
        return ConversationNotFound()
    if right in IN_DIRECT_TOO:
        return None
    if view.kind == "direct":
        return NotInDirect()
    needed = NEEDED_ROLES.get(right)
    return None if needed is None or role in needed else RoleNeeded(roles=sorted(needed))
