"""WebSocket frames from the server, as bytes for the wire (RFC 6455, section 5.2): whole, unmasked, uncompressed."""

import struct
from enum import IntEnum
from typing import Any

from bilin.core.codec import to_json
from bilin.core.ids import Id


class Opcode(IntEnum):
    """Kinds of frames (RFC 6455, section 11.8)."""

    CONTINUATION = 0
    TEXT = 1
    BINARY = 2
    CLOSE = 8
    PING = 9
    PONG = 10


class CloseCode(IntEnum):
    """Why a connection is closed: RFC 6455, section 7.4, and those of the protocol."""

    NORMAL = 1000
    PROTOCOL_ERROR = 1002
    INVALID_DATA = 1007
    TOO_BIG = 1009
    INTERNAL_ERROR = 1011
    RESTART = 1012
    BAD_FRAMES = 4400
    SESSION_ENDED = 4401
    NO_START = 4408
    TOO_SLOW = 4429


SENT_CODES = frozenset((1000, 1001, 1002, 1003, *range(1007, 1015)))
"""The codes of the standard that are sent; others of it only say what happened on one side."""
PRIVATE_CODES = range(3000, 5000)
FINAL = 0x80
SHORT = 125
MEDIUM = 0xFFFF


def frame(opcode: Opcode, payload: bytes) -> bytes:
    """One frame that is a whole message."""
    size = len(payload)
    first = FINAL | opcode
    if size <= SHORT:
        return bytes((first, size)) + payload
    if size <= MEDIUM:
        return struct.pack(">BBH", first, 126, size) + payload
    return struct.pack(">BBQ", first, 127, size) + payload


def text(payload: bytes) -> bytes:
    """A text frame of JSON that is ready."""
    return frame(Opcode.TEXT, payload)


def payload(wire: bytes) -> bytes:
    """The payload of a frame that `frame` made."""
    size = wire[1]
    return wire[2 if size <= SHORT else 4 if size == SHORT + 1 else 10 :]


def message(**fields: Any) -> bytes:
    """A text frame of a small object of the protocol."""
    return frame(Opcode.TEXT, to_json(fields))


def position(pos: int, run: int) -> bytes:
    """Nothing of theirs up to a position; it, and those that follow, are of a run."""
    return message(t="pos", pos=pos, run=Id(run))


def close(code: CloseCode) -> bytes:
    """A close frame."""
    return frame(Opcode.CLOSE, struct.pack(">H", code))


def answer_to_close(payload: bytes) -> bytes:
    """The close frame that answers one of a client: its code again, where it may send that code (RFC 6455, sections
    5.5.1 and 7.4)."""
    try:
        payload[2:].decode()
    except UnicodeDecodeError:
        return close(CloseCode.INVALID_DATA)
    code = int.from_bytes(payload[:2], "big")
    if payload and not (len(payload) > 1 and (code in SENT_CODES or code in PRIVATE_CODES)):
        return close(CloseCode.PROTOCOL_ERROR)
    return frame(Opcode.CLOSE, payload[:2])


PING = frame(Opcode.PING, b"")
