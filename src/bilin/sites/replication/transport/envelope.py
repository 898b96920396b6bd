"""How messages between sites look on the wire: a byte of version, a byte of packing, then msgpack, compressed when that
is shorter (Zstandard, RFC 8878, with a trained dictionary: section 4 of docs/developers/sites.md).

Whatever comes in is untrusted: too large, cut short or malformed, it is refused.
"""

from functools import cache
from importlib.resources import files
from typing import Any, TypeVar

import msgspec
import zstandard

from bilin.sites.replication.errors import BadBatch, VersionsApart
from bilin.sites.replication.transport.wire import MAX_MESSAGE_BYTES, WIRE_VERSION

T = TypeVar("T")

PLAIN, COMPRESSED = 0, 1
HEADER_BYTES = 2
DICTIONARY = "line.dictionary"
"""Both sides must have the same one: a change of it is a new wire version. `make line-dictionary` trains it."""
FRAME = zstandard.FORMAT_ZSTD1_MAGICLESS
"""The bytes before it say what it is; TLS and msgpack notice damage, and a text message is short."""
SHORT_BYTES, SHORT_LEVEL, LONG_LEVEL = 2_000, 19, 3
"""A text message is worth some 60 µs for a sixth fewer bytes; with long messages the CPU is what is short."""
MAX_SENT_BYTES = 1_000_000
"""What any NATS server takes (its default limit is 1 MiB)."""

_encoder = msgspec.msgpack.Encoder()
_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def pack(value: object) -> bytes:
    """A message as it goes out. Raises `BadBatch` when it is larger than any NATS takes."""
    plain = _encoder.encode(value)
    if len(plain) > MAX_MESSAGE_BYTES:
        raise BadBatch(f"A message of {len(plain)} bytes cannot be sent.")
    compressed = _compressor(SHORT_LEVEL if len(plain) <= SHORT_BYTES else LONG_LEVEL).compress(plain)
    packing, body = (COMPRESSED, compressed) if len(compressed) < len(plain) else (PLAIN, plain)
    if len(body) > MAX_SENT_BYTES:
        raise BadBatch(f"A message of {len(plain)} bytes cannot be sent.")
    return bytes((WIRE_VERSION, packing)) + body


def unpack(payload: bytes, kind: type[T]) -> T:
    """A message that came in. Raises `VersionsApart`, or `BadBatch` when it is anything but what was expected."""
    if len(payload) < HEADER_BYTES or len(payload) > MAX_MESSAGE_BYTES:
        raise BadBatch(f"A message of {len(payload)} bytes is none.")
    if abs(payload[0] - WIRE_VERSION) > 1:
        raise VersionsApart(here=WIRE_VERSION, there=payload[0])
    plain = _plain(payload[1], payload[HEADER_BYTES:])
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        result: T = decoder.decode(plain)
    except (msgspec.DecodeError, ValueError, RecursionError) as cause:
        raise BadBatch(f"A message is not what it should be: {cause}") from cause
    return result


def _plain(packing: int, body: bytes) -> bytes:
    if packing == PLAIN:
        return body
    if packing != COMPRESSED:
        raise BadBatch(f"A message is packed in an unknown way ({packing}).")
    try:
        size = zstandard.get_frame_parameters(body, format=FRAME).content_size
        if size > MAX_MESSAGE_BYTES:  # also when it does not say
            raise BadBatch("A message is larger than allowed when it is unpacked.")
        return _decompressor().decompress(body, allow_extra_data=False)
    except (zstandard.ZstdError, ValueError) as cause:
        raise BadBatch(f"A message is damaged: {cause}") from cause


@cache
def _dictionary() -> zstandard.ZstdCompressionDict:
    return zstandard.ZstdCompressionDict(files(__package__).joinpath(DICTIONARY).read_bytes())


@cache
def _compressor(level: int) -> zstandard.ZstdCompressor:
    parameters = zstandard.ZstdCompressionParameters.from_level(
        level, format=FRAME, write_content_size=True, write_checksum=False, write_dict_id=False
    )
    return zstandard.ZstdCompressor(dict_data=_dictionary(), compression_params=parameters)


@cache
def _decompressor() -> zstandard.ZstdDecompressor:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(), format=FRAME)
