"""Notices: what the system says in a timeline."""

from typing import TypeAlias

import msgspec

from bilin.core.ids import PersonId
from bilin.messaging.members.model import Role


class Created(msgspec.Struct, frozen=True, tag="created", tag_field="type"):
    """Notice: the group was made."""

    title: str


class Renamed(msgspec.Struct, frozen=True, tag="renamed", tag_field="type"):
    """Notice: the group has a new title."""

    title: str


class Added(msgspec.Struct, frozen=True, tag="added", tag_field="type"):
    """Notice: people joined."""

    people: tuple[PersonId, ...]


class Removed(msgspec.Struct, frozen=True, tag="removed", tag_field="type"):
    """Notice: somebody was removed."""

    person: PersonId


class Left(msgspec.Struct, frozen=True, tag="left", tag_field="type"):
    """Notice: the sender left."""


class OwnerIs(msgspec.Struct, frozen=True, tag="owner", tag_field="type"):
    """Notice: the group has a new owner."""

    person: PersonId


class RoleIs(msgspec.Struct, frozen=True, tag="role", tag_field="type"):
    """Notice: somebody has a new role."""

    person: PersonId
    role: Role


Notice: TypeAlias = Created | Renamed | Added | Removed | Left | OwnerIs | RoleIs
