"""The fact of preferences (protocol, section 5)."""

import msgspec

from bilin.core.events import event, last_writer
from bilin.core.ids import PersonId
from bilin.core.registers import register
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.members.events import MEMBER
from bilin.messaging.members.tables import member

preferences = [register(member, MEMBER, (name,), f"{name}_id") for name in ("muted", "pinned", "hidden")]


@event(
    "messaging.conversation_preferences_changed",
    version=1,
    merge=last_writer("conversation", "actor", "field"),
    writes=[each(person="actor") for each in preferences],
)
class ConversationPreferencesChanged(ConversationEvent, frozen=True, kw_only=True):
    """How the actor wants a conversation shown; nobody else's business."""

    muted: bool | msgspec.UnsetType = msgspec.UNSET
    pinned: bool | msgspec.UnsetType = msgspec.UNSET
    hidden: bool | msgspec.UnsetType = msgspec.UNSET

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return () if actor is None else (actor,)
