"""The facts of messages (protocol, section 5)."""

from collections.abc import Sequence

from bilin.core import registers
from bilin.core.events import additive, event, last_writer, tombstone
from bilin.core.ids import Id, MessageId, PersonId
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.messages import tables
from bilin.messaging.messages.content import Content
from bilin.messaging.messages.model import Quote

recall = registers.tombstone(
    tables.message, ("conversation", "id"), "recalled_id", ("recalled_by",), clears=("body", "quote", "reply_to")
)
"""The words leave the table; numbers and watermarks stay."""


@event("messaging.message_sent", version=1, merge=additive())
class MessageSent(ConversationEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The actor said something. The message has the event's id."""

    content: Content
    reply_to: Quote | None
    mentions: tuple[PersonId, ...]
    mentions_all: bool
    seen: tuple[MessageId, ...] = ()
    """Of each other site the newest message that the actor had before them: sending is reading."""

    def marks(self, identifier: Id) -> Sequence[MessageId]:
        """Up to which messages the actor had read what began at each site; `identifier` is the event's own."""
        return (MessageId(identifier), *self.seen)


@event("messaging.message_edited", version=1, merge=last_writer("message"))
class MessageEdited(ConversationEvent, frozen=True, kw_only=True):
    """The sender changed the words of a message."""

    message: MessageId
    content: Content
    mentions: tuple[PersonId, ...]
    mentions_all: bool

    def bumps(self) -> tuple[int, ...]:
        return (self.message,)


@event(
    "messaging.message_recalled",
    version=1,
    merge=tombstone("message"),
    writes=[recall(id="message", recalled_by="actor")],
)
class MessageRecalled(ConversationEvent, frozen=True, kw_only=True):
    """The sender, an owner or an admin took a message back: its words are gone, its place stays."""

    message: MessageId

    def bumps(self) -> tuple[int, ...]:
        return (self.message,)
