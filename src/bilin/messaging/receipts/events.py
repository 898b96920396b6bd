"""The fact of reading (protocol, section 5)."""

from collections.abc import Sequence

from bilin.core.events import event, maximum
from bilin.core.ids import Id, MessageId, PersonId
from bilin.messaging.conversations.events import ConversationEvent


@event("messaging.read_marked", version=1, merge=maximum("conversation", "actor"))
class ReadMarked(ConversationEvent, frozen=True, kw_only=True, omit_defaults=True):
    """The actor has read up to a message. The other members are told in small conversations only (`shared`).

    What arrived before it is another thing at each site, so the event names the newest message read of each.
    """

    through: MessageId
    shared: bool
    seen: tuple[MessageId, ...] | None = None
    """Of each site the newest message that was read; None: of the site of `through` alone, that."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.conversation,) if self.shared or actor is None else (actor,)

    def marks(self, identifier: Id) -> Sequence[MessageId]:
        """As `MessageSent.marks`."""
        return (self.through,) if self.seen is None else self.seen
