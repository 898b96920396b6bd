"""Conversations as clients see them (protocol, section 2)."""

from typing import Literal

import msgspec

from bilin.core.ids import ConversationId, Id, MessageId, PersonId, derived_id
from bilin.messaging.drafts.model import Draft
from bilin.messaging.members.model import Role
from bilin.messaging.messages.model import Message

Kind = Literal["direct", "group"]


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
    unread: bool
    """I marked it so: I will come back to it."""
    created: Id
    joined: Id
    marks: list[MessageId]
    sites: list[int]
    """The other sites at home to members, ascending."""
    draft: Draft | None
    """What I began to write, on whichever device."""


def direct_id(one: PersonId, other: PersonId) -> ConversationId:
    """The id of the conversation of two people: the same at every site, whoever of them begins it."""
    return ConversationId(derived_id("direct", min(one, other), max(one, other)))
