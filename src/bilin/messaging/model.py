"""Conversations, members and messages as clients see them (protocol, section 2), and the pure rules on them."""

from typing import Literal, TypeAlias

import msgspec

from bilin.core.ids import ConversationId, Id, MessageId, PersonId, derived_id, time_ms

Kind = Literal["direct", "group"]
Role = Literal["owner", "admin", "member"]

QUOTE_CHARS = 140
LATE_MS = 60_000
"""What took longer from the site where it was written than this is shown to have come late."""


class MemberRole(msgspec.Struct, frozen=True):
    """A member of a new conversation."""

    person: PersonId
    role: Role


class Quote(msgspec.Struct, frozen=True):
    """The message that is answered, as it was when answering."""

    id: MessageId
    sender: PersonId
    text: str
    recalled: bool = False


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


class Recall(msgspec.Struct, frozen=True):
    """Who took a message back, and when (the id is a time)."""

    by: PersonId
    id: Id


class Reaction(msgspec.Struct, frozen=True):
    """One emoji under a message: who, and the event of each, in the order they came."""

    emoji: str
    people: list[PersonId]
    ids: list[Id]


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline: text of a person, or a notice of what happened to the conversation.

    `content` is kept as the JSON it is stored as: nobody on its way needs to read it.
    """

    id: MessageId
    conversation: ConversationId
    sender: PersonId
    seq: int
    kind: Literal["text", "notice"]
    content: msgspec.Raw | None
    notice: msgspec.Raw | None
    reply_to: Quote | None
    edited: Id | None
    recalled: Recall | None
    reactions: list[Reaction]
    mentions: list[PersonId]
    mentions_all: bool
    arrived: Id | None
    """When it came from another site, as an id (a time), if that was late."""


class Member(msgspec.Struct, frozen=True):
    """Somebody in a conversation."""

    person: PersonId
    role: Role
    joined: Id
    """Since when, without a break."""
    read_seq: int
    marks: list[MessageId]
    """Up to where they read, at other sites, what began at each site."""


class Conversation(msgspec.Struct, frozen=True, kw_only=True):
    """A conversation as one member sees it."""

    id: ConversationId
    kind: Kind
    title: str
    peer: PersonId | None
    members: int
    my_role: Role
    last_seq: int
    read_seq: int
    mention_seq: int
    """The newest text that calls me and that I have not read; 0: none."""
    recalled_seqs: list[int]
    """Of the texts I have not read those that were recalled: there is nothing in them to read."""
    last_message: Message | None
    muted: bool
    pinned: bool
    hidden: bool
    created: Id
    joined: Id
    marks: list[MessageId]
    sites: list[int]
    """The other sites at home to members, ascending."""


def late_arrival(identifier: int, arrived: int | None) -> Id | None:
    """When something came from another site, if that was so long after it was made that people should know."""
    if arrived is None or time_ms(arrived) - time_ms(identifier) <= LATE_MS:
        return None
    return Id(arrived)


def direct_id(one: PersonId, other: PersonId) -> ConversationId:
    """The id of the conversation of two people: the same at every site, whoever of them begins it."""
    return ConversationId(derived_id("direct", min(one, other), max(one, other)))
