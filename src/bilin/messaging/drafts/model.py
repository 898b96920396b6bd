"""Drafts as clients see them (protocol, section 2)."""

import msgspec

from bilin.core.ids import Id, MessageId


class Draft(msgspec.Struct, frozen=True):
    """What I began to write in a conversation. The content stays the JSON it is stored as."""

    content: msgspec.Raw
    reply_to: MessageId | None
    id: Id
    """The event that wrote it last; its id is the time."""
