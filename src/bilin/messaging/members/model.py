"""Members of conversations as clients see them (protocol, section 2)."""

from typing import Literal

import msgspec

from bilin.core.ids import Id, MessageId, PersonId

Role = Literal["owner", "admin", "member"]


class MemberRole(msgspec.Struct, frozen=True):
    """A member of a new conversation."""

    person: PersonId
    role: Role


class Member(msgspec.Struct, frozen=True):
    """Somebody in a conversation."""

    person: PersonId
    role: Role
    joined: Id
    """Since when, without a break."""
    read_seq: int
    marks: list[MessageId]
    """Up to where they read, at other sites, what began at each site."""
