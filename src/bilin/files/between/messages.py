"""What sites ask each other of the bytes of files: msgpack, in a question of kind `files.bytes`.

The answer is the bytes as they lie in the store, sealed: what opens them stands in the fact of the file, which the
asker has. It is asked by conversation and file, so that whoever knows the name of a blob alone gets nothing.
"""

from typing import NamedTuple

import msgspec

from bilin.core.errors import BilinError
from bilin.files.blobs.store import is_name
from bilin.pictures import TOO_LARGE, UNREADABLE
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


PREVIEW = "files.preview"
MAX_PREVIEW_BYTES = 500_000


class AskPreview(msgspec.Struct, frozen=True, array_like=True):
    """The preview of a picture, of so many pixels on its longer side."""

    conversation: int
    file: int
    blob: str
    side: int


class Preview(NamedTuple):
    """Why there is none (empty: there is one), and the preview: WebP."""

    trouble: str
    body: bytes


preview_decoder = msgspec.msgpack.Decoder(Preview)
asked_decoder = msgspec.msgpack.Decoder(AskPreview)


def read_asked(payload: bytes) -> AskPreview:
    """A question for a preview, checked. Raises `BadBatch`."""
    try:
        return asked_decoder.decode(payload)
    except msgspec.DecodeError as cause:
        raise BadBatch("A question for the preview of a picture cannot be read.") from cause


def read_preview(payload: bytes) -> Preview:
    """A preview of another site, checked: browsers are told that it is WebP. Raises `BadBatch`."""
    try:
        said = preview_decoder.decode(payload)
    except msgspec.DecodeError as cause:
        raise BadBatch("The preview of a picture cannot be read.") from cause
    is_webp = said.body[:4] == b"RIFF" and said.body[8:12] == b"WEBP" and len(said.body) <= MAX_PREVIEW_BYTES
    if said.trouble not in ("", TOO_LARGE, UNREADABLE) or (not said.trouble and not is_webp):
        raise BadBatch("The preview of a picture is none.")
    return said
