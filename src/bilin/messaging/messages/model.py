"""Messages as clients see them (protocol, section 2), and the pure rules on them."""

from typing import Annotated, Literal

import msgspec

from bilin.core.codec import holds
from bilin.core.ids import ConversationId, Id, MessageId, PersonId, time_ms
from bilin.messaging.messages.content import Content
from bilin.messaging.notices.model import Notice
from bilin.messaging.reactions.model import Reaction

QUOTE_CHARS = 140
LATE_MS = 60_000
"""What took longer from the site where it was written than this is shown to have come late."""


class Quote(msgspec.Struct, frozen=True):
    """The message that is answered, as it was when answering."""

    id: MessageId
    sender: PersonId
    text: str
    recalled: bool = False


class Recall(msgspec.Struct, frozen=True):
    """Who took a message back, and when (the id is a time)."""

    by: PersonId
    id: Id


class Message(msgspec.Struct, frozen=True, kw_only=True):
    """A line of the timeline: text of a person, or a notice of what happened to the conversation.

    `content` is kept as the JSON it is stored as: nobody on its way needs to read it.
    """

    id: MessageId
    conversation: ConversationId
    sender: PersonId
    seq: int
    kind: Literal["text", "notice"]
    content: Annotated[msgspec.Raw, holds(Content)] | None
    notice: Annotated[msgspec.Raw, holds(Notice)] | None
    reply_to: Quote | None
    edited: Id | None
    recalled: Recall | None
    reactions: list[Reaction]
    mentions: list[PersonId]
    mentions_all: bool
    arrived: Id | None
    """When it came from another site, as an id (a time), if that was late."""
    starred: Id | None
    """The event by which I marked it for later."""


def late_arrival(identifier: int, arrived: int | None) -> Id | None:
    """When something came from another site, if that was so long after it was made that people should know."""
    if arrived is None or time_ms(arrived) - time_ms(identifier) <= LATE_MS:
        return None
    return Id(arrived)
