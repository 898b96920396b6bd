"""The fact of preferences (protocol, section 5)."""

from bilin.core.ids import PersonId
from bilin.core.records import Record, Told, field, record
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.members.tables import member


class OwnViewEvent(ConversationEvent, frozen=True, kw_only=True):
    """Base of what the actor alone has of a conversation."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return () if actor is None else (actor,)


@record(
    base=OwnViewEvent,
    table=member,
    key={"person": "actor"},
    changed=Told(
        "messaging.conversation_preferences_changed",
        "How the actor wants a conversation shown; nobody else's business.",
    ),
    believed="member",
    stays=True,
)
class ConversationPreferences(Record):
    """How a member wants a conversation shown."""

    muted: bool = field(False)
    pinned: bool = field(False)
    hidden: bool = field(False)
    unread: bool = field(False)


ConversationPreferencesChanged = ConversationPreferences.Changed
