"""WebSocket frames from a client, as bytes from the wire (RFC 6455, section 5): masked, whole or in fragments.

Written for connections that are idle most of the time: without data it holds two empty values.
"""

from bilin.gateway.frames import FINAL, SHORT, CloseCode, Opcode

MAX_FRAMES_AT_ONCE = 200
"""Of one piece of data, control frames and fragments included: more is a flood, and is not even taken apart."""
MAX_MESSAGE_BYTES = 16_384
"""Far more than any frame of the protocol needs."""
MASKED = 0x80
RESERVED_BITS = 0x70
FIRST_CONTROL = 0x8


class FrameError(Exception):
    """The client broke the protocol: close with this code."""

    def __init__(self, code: CloseCode) -> None:
        super().__init__(code.name)
        self.code = code


class FrameParser:
    """Takes bytes as they come and gives whole messages and control frames."""

    __slots__ = ("_fragments", "_opcode", "_rest", "taken")

    def __init__(self) -> None:
        self._rest = b""
        self._fragments = b""
        self._opcode: int | None = None
        """Of the message whose fragments are coming."""
        self.taken = 0
        """Frames in the last piece of data, of whatever kind."""

    @property
    def is_midway(self) -> bool:
        """A message has begun and is not all there."""
        return bool(self._rest) or self._opcode is not None

    def feed(self, data: bytes) -> list[tuple[int, bytes]]:
        """The (opcode, payload) pairs that are complete with this data. Raises `FrameError`."""
        data = self._rest + data if self._rest else bytes(data)
        found: list[tuple[int, bytes]] = []
        at = self.taken = 0
        while (taken := _frame_at(data, at)) is not None:
            self.taken += 1
            if self.taken > MAX_FRAMES_AT_ONCE:
                raise FrameError(CloseCode.BAD_FRAMES)
            first, payload, at = taken
            message = self._message(first, payload)
            if message is not None:
                found.append(message)
        self._rest = data[at:] if at < len(data) else b""
        return found

    def _message(self, first: int, payload: bytes) -> tuple[int, bytes] | None:
        opcode, is_final = first & 0x0F, bool(first & FINAL)
        if opcode >= FIRST_CONTROL:
            return opcode, payload
        if (opcode == Opcode.CONTINUATION) != (self._opcode is not None):
            raise FrameError(CloseCode.PROTOCOL_ERROR)
        if self._opcode is None:
            if is_final:
                return opcode, payload
            self._opcode, self._fragments = opcode, payload
            return None
        if len(self._fragments) + len(payload) > MAX_MESSAGE_BYTES:
            raise FrameError(CloseCode.TOO_BIG)
        self._fragments += payload
        if not is_final:
            return None
        message = self._opcode, self._fragments
        self._opcode, self._fragments = None, b""
        return message


def _frame_at(data: bytes, at: int) -> tuple[int, bytes, int] | None:
    """First byte, unmasked payload and end of the frame that begins at a place; None when it is not all there."""
    if len(data) < at + 2:
        return None
    first, second = data[at], data[at + 1]
    _check(first, second)
    size, at = second & ~MASKED, at + 2
    if size > SHORT:
        width = 2 if size == SHORT + 1 else 8
        if len(data) < at + width:
            return None
        size, at = int.from_bytes(data[at : at + width], "big"), at + width
        if size > MAX_MESSAGE_BYTES:
            raise FrameError(CloseCode.TOO_BIG)
    end = at + 4 + size
    if len(data) < end:
        return None
    return first, _unmask(data[at : at + 4], data[at + 4 : end]), end


def _check(first: int, second: int) -> None:
    opcode = first & 0x0F
    known = opcode <= Opcode.BINARY or Opcode.CLOSE <= opcode <= Opcode.PONG
    if first & RESERVED_BITS or not second & MASKED or not known:
        raise FrameError(CloseCode.PROTOCOL_ERROR)
    if opcode >= FIRST_CONTROL and (not first & FINAL or second & ~MASKED > SHORT):
        raise FrameError(CloseCode.PROTOCOL_ERROR)


def _unmask(mask: bytes, payload: bytes) -> bytes:
    """RFC 6455, section 5.3, as one operation on large integers."""
    size = len(payload)
    repeated = (mask * (size // 4 + 1))[:size]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(repeated, "big")).to_bytes(size, "big")
