"""The facts of conversations (protocol, section 5), and the bases of all that happens in them."""

from collections.abc import Sequence

from bilin.core.events import Event, Reach, additive, event
from bilin.core.ids import ConversationId, PersonId
from bilin.core.registers import register
from bilin.messaging.conversations import tables
from bilin.messaging.conversations.model import Kind
from bilin.messaging.members.model import MemberRole

title = register(tables.conversation, ("id",), ("title",), "title_id")


class ConversationEvent(Event, frozen=True, kw_only=True):
    """Base of what happens in a conversation: its members see it, and its data key seals it."""

    REACH = Reach.SCOPE

    conversation: ConversationId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.conversation,)

    def key_scope(self) -> int:
        return self.conversation


class ShapingEvent(ConversationEvent, frozen=True, kw_only=True):
    """Base of what changes who is in a conversation, or what they may do: it moves the conversation's version."""

    def bumps(self) -> tuple[int, ...]:
        return (self.conversation,)


@event("messaging.conversation_created", version=1, merge=additive())
class ConversationCreated(ShapingEvent, frozen=True, kw_only=True):
    """Somebody began a conversation. A group has the event's id; a direct one the id derived from its two people."""

    kind: Kind
    title: str
    members: tuple[MemberRole, ...]

    def subscribes(self, actor: PersonId | None) -> Sequence[tuple[PersonId, int]]:
        return [(member.person, self.conversation) for member in self.members]


@event("messaging.conversation_renamed", version=1, writes=[title(id="conversation")])
class ConversationRenamed(ShapingEvent, frozen=True, kw_only=True):
    """A group has a new title."""

    title: str
