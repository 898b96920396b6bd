"""The fact of reactions (protocol, section 5)."""

from bilin.core.events import event
from bilin.core.ids import MessageId
from bilin.core.registers import register
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.reactions import tables

reaction = register(tables.reaction, ("conversation", "message", "person", "emoji"), ("present",))
"""The message itself need not be here; reactions to a recalled one are kept and not shown."""


@event("messaging.reaction_set", version=1, writes=[reaction(person="actor")], believed="member", stays=True)
class ReactionSet(ConversationEvent, frozen=True, kw_only=True):
    """The actor put an emoji under a message, or took it away."""

    message: MessageId
    emoji: str
    present: bool
