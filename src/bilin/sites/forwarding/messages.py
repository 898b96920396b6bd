"""What sites say to each other when one decides for the other's people: msgpack, in a question of kind `forward`."""

import msgspec

from bilin.core.log.runs import Position

FORWARD = "forward"
MAX_BODY_BYTES = 500_000
MAX_PATH_CHARS = 2_000


class Forward(msgspec.Struct, frozen=True, array_like=True):
    """A request as somebody made it at another site."""

    method: str
    path: str
    query: bytes
    body: bytes
    key: str | None
    person: int
    session: int


class Forwarded(msgspec.Struct, frozen=True, array_like=True):
    """The answer, and the end of the owner's log after it: once that is followed, the change is at the asking site."""

    status: int
    media_type: str
    body: bytes
    position: Position
