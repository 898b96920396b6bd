"""How messages between sites look on the wire: a byte of version, a byte of packing, then msgpack, deflated when that
is shorter (RFC 1951, with a preset dictionary: section 4 of docs/developers/sites.md).

Whatever comes in is untrusted: too large, cut short or malformed, it is refused.
"""

import zlib
from typing import Any, TypeVar

import msgspec

from bilin.sites.dictionary import TYPICAL
from bilin.sites.errors import BadBatch, VersionsApart
from bilin.sites.wire import MAX_MESSAGE_BYTES, WIRE_VERSION

T = TypeVar("T")

PLAIN, DEFLATED = 0, 1
HEADER_BYTES = 2
LEVEL = 6
RAW_DEFLATE = -15
"""No header and no checksum: TLS and msgpack notice damage, and a text message is short."""
MAX_SENT_BYTES = 1_000_000
"""What any NATS server takes (its default limit is 1 MiB)."""

_encoder = msgspec.msgpack.Encoder()
_decoders: dict[Any, msgspec.msgpack.Decoder[Any]] = {}


def pack(value: object) -> bytes:
    """A message as it goes out. Raises `BadBatch` when it is larger than any NATS takes."""
    plain = _encoder.encode(value)
    deflated = _deflate(plain)
    packing, body = (DEFLATED, deflated) if len(deflated) < len(plain) else (PLAIN, plain)
    if len(plain) > MAX_MESSAGE_BYTES or len(body) > MAX_SENT_BYTES:
        raise BadBatch(f"A message of {len(plain)} bytes cannot be sent.")
    return bytes((WIRE_VERSION, packing)) + body


def unpack(payload: bytes, kind: type[T]) -> T:
    """A message that came in. Raises `VersionsApart`, or `BadBatch` when it is anything but what was expected."""
    if len(payload) < HEADER_BYTES or len(payload) > MAX_MESSAGE_BYTES:
        raise BadBatch(f"A message of {len(payload)} bytes is none.")
    if abs(payload[0] - WIRE_VERSION) > 1:
        raise VersionsApart(details={"here": WIRE_VERSION, "there": payload[0]})
    plain = _plain(payload[1], payload[HEADER_BYTES:])
    decoder = _decoders.get(kind)
    if decoder is None:
        decoder = _decoders[kind] = msgspec.msgpack.Decoder(kind)
    try:
        result: T = decoder.decode(plain)
    except (msgspec.DecodeError, ValueError, RecursionError) as cause:
        raise BadBatch(f"A message is not what it should be: {cause}") from cause
    return result


def _deflate(plain: bytes) -> bytes:
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, RAW_DEFLATE, zdict=TYPICAL)
    return packer.compress(plain) + packer.flush()


def _plain(packing: int, body: bytes) -> bytes:
    if packing == PLAIN:
        return body
    if packing != DEFLATED:
        raise BadBatch(f"A message is packed in an unknown way ({packing}).")
    unpacker = zlib.decompressobj(RAW_DEFLATE, zdict=TYPICAL)
    try:
        plain = unpacker.decompress(body, MAX_MESSAGE_BYTES)
    except zlib.error as cause:
        raise BadBatch(f"A message is damaged: {cause}") from cause
    if unpacker.unconsumed_tail or unpacker.unused_data or not unpacker.eof:
        raise BadBatch("A message is cut short, longer than it says, or larger than allowed.")
    return plain
