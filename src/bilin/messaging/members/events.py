"""The facts of members (protocol, section 5)."""

from collections.abc import Sequence

from bilin.core.events import event, last_writer
from bilin.core.ids import PersonId
from bilin.core.registers import register
from bilin.messaging.conversations.events import ShapingEvent
from bilin.messaging.conversations.tables import conversation
from bilin.messaging.members.model import Role
from bilin.messaging.members.tables import member

MEMBER = ("conversation", "person")
owner = register(conversation, ("id",), ("owner",), "owner_id")
admin = register(member, MEMBER, ("is_admin",), "is_admin_id")
"""Of members who are not the owner; it is what an owner falls back to."""


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
