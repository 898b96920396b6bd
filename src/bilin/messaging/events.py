"""The facts of messaging (protocol, section 5)."""

from collections.abc import Sequence

import msgspec

from bilin.core.events import Event, additive, event, last_writer, maximum, tombstone
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.core.registers import register
from bilin.messaging import tables
from bilin.messaging.content import Content
from bilin.messaging.model import Kind, MemberRole, Quote, Role

MEMBER = ("conversation", "person")
owner = register(tables.conversation, ("id",), ("owner",), "owner_id")
admin = register(tables.member, MEMBER, ("is_admin",), "is_admin_id")
"""Of members who are not the owner; it is what an owner falls back to."""
reaction = register(tables.reaction, ("conversation", "message", "person", "emoji"), ("present",))
"""The message itself need not be here; reactions to a recalled one are kept and not shown."""
preferences = [register(tables.member, MEMBER, (name,), f"{name}_id") for name in ("muted", "pinned", "hidden")]


class ConversationEvent(Event, frozen=True, kw_only=True):
    """Base of what happens in a conversation: its members see it, and its data key seals it."""

    KIND = "conversation"

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


@event("messaging.conversation_renamed", version=1, merge=last_writer("conversation"))
class ConversationRenamed(ShapingEvent, frozen=True, kw_only=True):
    """A group has a new title."""

    title: str


@event("messaging.members_added", version=1, merge=last_writer("conversation", "person"))
class MembersAdded(ShapingEvent, frozen=True, kw_only=True):
    """People joined a group, with the role of a member."""

    people: tuple[PersonId, ...]

    def subscribes(self, actor: PersonId | None) -> Sequence[tuple[PersonId, int]]:
        return [(person, self.conversation) for person in self.people]


@event("messaging.member_removed", version=1, merge=last_writer("conversation", "person"))
class MemberRemoved(ShapingEvent, frozen=True, kw_only=True):
    """Somebody is no longer in a group; they left by themselves when they are the actor."""

    person: PersonId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.conversation, self.person)  # who was away when it happened must learn it too, no longer a member

    def unsubscribes(self, actor: PersonId | None) -> Sequence[tuple[PersonId, int]]:
        return [(self.person, self.conversation)]


@event(
    "messaging.member_role_changed",
    version=1,
    writes=[admin(is_admin=lambda _, changed: changed.event.role == "admin")],
)
class MemberRoleChanged(ShapingEvent, frozen=True, kw_only=True):
    """A member of a group became an admin, or is an admin no more."""

    LEADS = True

    person: PersonId
    role: Role


@event(
    "messaging.owner_changed",
    version=1,
    writes=[owner(id="conversation", owner="person"), admin(is_admin=lambda *_: False)],
)
class OwnerChanged(ShapingEvent, frozen=True, kw_only=True):
    """A group has a new owner; the owner before is now a member."""

    LEADS = True

    person: PersonId


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


@event("messaging.message_recalled", version=1, merge=tombstone("message"))
class MessageRecalled(ConversationEvent, frozen=True, kw_only=True):
    """The sender, an owner or an admin took a message back: its words are gone, its place stays."""

    message: MessageId

    def bumps(self) -> tuple[int, ...]:
        return (self.message,)


@event("messaging.reaction_set", version=1, writes=[reaction(person="actor")])
class ReactionSet(ConversationEvent, frozen=True, kw_only=True):
    """The actor put an emoji under a message, or took it away."""

    message: MessageId
    emoji: str
    present: bool


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
