"""Errors of members."""

from collections.abc import Sequence

from bilin.core.errors import Conflict, Forbidden, Invalid, NotFound
from bilin.core.ids import PersonId


class MemberNotFound(NotFound):
    """The person is not in this conversation."""

    code = "messaging.member_not_found"
    title = "This person is not in the conversation"
    hint = "Load the conversation again."
    person: PersonId


class PersonUnknown(Invalid):
    """Somebody who does not exist, or no longer works here."""

    code = "messaging.person_unknown"
    title = "Some of these people do not exist or no longer have an account"
    hint = "Choose people from the directory; details.people names those that are not there."
    people: Sequence[PersonId]


class OwnerMustHandOn(Conflict):
    """The owner cannot go while others stay."""

    code = "messaging.owner_must_hand_on"
    title = "The owner cannot leave the group behind"
    hint = "Hand the group on to somebody else first."


class GroupsForbidden(Forbidden):
    """A policy keeps the making of groups to others."""

    code = "messaging.groups_forbidden"
    title = "You may not make groups"
    hint = "Ask a colleague who may, or who administers your unit to change messaging.may_create_groups."


class GroupFull(Conflict):
    """More people than one group may have."""

    code = "messaging.group_full"
    title = "The group would have too many members"
    hint = "Split it, or ask the administrator to raise messaging.group_max_members."
    limit: int
    members: int | None = None
