"""What sites ask each other of the bytes of files: msgpack, in a question of kind `files.bytes`.

The answer is the bytes as they lie in the store, sealed: what opens them stands in the fact of the file, which the
asker has. It is asked by conversation and file, so that whoever knows the name of a blob alone gets nothing.
"""

import msgspec

from bilin.core.errors import BilinError
from bilin.files.blobs.store import is_name
from bilin.sites import BadBatch

BYTES = "files.bytes"
MAX_BYTES = 600_000
"""Of one answer: eight pieces and a header, well below what every NATS carries."""


class AskBytes(msgspec.Struct, frozen=True, array_like=True):
    """The sealed bytes of a file from `start` up to, not including, `end`."""

    conversation: int
    file: int
    blob: str
    start: int
    end: int


class NotHere(BilinError):
    """This site does not have these bytes either."""

    code = "files.not_here"
    status = 404
    title = "This site does not have the bytes of this file"
    hint = "Ask another site of the conversation."


encoder = msgspec.msgpack.Encoder()
decoder = msgspec.msgpack.Decoder(AskBytes)


def read(payload: bytes) -> AskBytes:
    """A question, checked: it comes from another server. Raises `BadBatch`."""
    try:
        asked = decoder.decode(payload)
    except msgspec.DecodeError as cause:
        raise BadBatch("A question for the bytes of a file cannot be read.") from cause
    if not is_name(asked.blob) or not 0 <= asked.start < asked.end or asked.end - asked.start > MAX_BYTES:
        raise BadBatch("A question for the bytes of a file is not one that any site asks.")
    return asked
