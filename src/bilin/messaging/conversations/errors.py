"""Errors of conversations."""

from collections.abc import Sequence

from bilin.core.errors import Conflict, Forbidden, NotFound
from bilin.messaging.members.model import Role


class ConversationNotFound(NotFound):
    """There is none, or the person is not in it."""

    code = "messaging.conversation_not_found"
    title = "There is no such conversation"
    hint = "Ask a member to add you."


class NotInDirect(Conflict):
    """Only groups have titles, roles and changing members."""

    code = "messaging.not_in_direct"
    title = "A direct conversation has no title, roles or further members"
    hint = "Make a group instead."


class RoleNeeded(Forbidden):
    """The role in the conversation does not allow it."""

    code = "messaging.role_needed"
    title = "Your role in this conversation does not allow it"
    hint = "Ask its owner or an admin."
    roles: Sequence[Role]
    """Those that may."""
