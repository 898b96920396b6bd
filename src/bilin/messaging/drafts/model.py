"""Drafts as clients see them (protocol, section 2)."""

from typing import Annotated

import msgspec

from bilin.core.codec import holds
from bilin.core.ids import Id, MessageId
from bilin.messaging.messages.content import Content


class Draft(msgspec.Struct, frozen=True):
    """What I began to write in a conversation. The content stays the JSON it is stored as."""

    content: Annotated[msgspec.Raw, holds(Content)]
    reply_to: MessageId | None
    id: Id
    """The event that wrote it last; its id is the time."""
