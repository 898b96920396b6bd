"""The frames a client may send (protocol, section 4)."""

from typing import Annotated

import msgspec
from msgspec import Meta

from bilin.core.codec import decode_hook
from bilin.core.ids import ConversationId, Id, PersonId

MAX_POSITION = (1 << 53) - 1
MAX_WATCHED = 200


class Frame(msgspec.Struct, frozen=True, tag_field="t"):
    """Base of all frames; fields that it does not know are ignored."""


class Start(Frame, frozen=True, tag="start"):
    """Everything of mine after this position."""

    pos: Annotated[int, Meta(ge=0, le=MAX_POSITION)]
    run: Id = Id(0)
    """Of the log that the position is of. Who has none knows nothing, at whatever position."""


class Typing(Frame, frozen=True, tag="typing"):
    """I am writing."""

    conversation: ConversationId


class Watch(Frame, frozen=True, tag="watch"):
    """Whose presence I show now."""

    people: Annotated[list[PersonId], Meta(max_length=MAX_WATCHED)]


class Active(Frame, frozen=True, tag="active"):
    """Whether the person is at the screen."""

    active: bool


class Ping(Frame, frozen=True, tag="ping"):
    """Are you there?"""


AnyFrame = Start | Typing | Watch | Active | Ping
_decoder = msgspec.json.Decoder(AnyFrame, dec_hook=decode_hook)


def decode(payload: bytes) -> AnyFrame:
    """Raises `msgspec.DecodeError` (also for UTF-8 that is none) or its subclass `msgspec.ValidationError`."""
    try:
        frame: AnyFrame = _decoder.decode(payload)
    except (RecursionError, UnicodeError) as cause:
        raise msgspec.DecodeError(str(cause)) from cause
    return frame
