"""The connection as one answer has it: what every answer carries goes out with its head, as one piece.

uvicorn looks at every header of an answer by two regular expressions, at more than a microsecond each. What we say in
each is known to be right.
"""

from asyncio import Transport
from collections.abc import Callable
from typing import cast

CONTINUE = b"HTTP/1.1 100 "
"""An interim answer (RFC 9110, section 15.2.1) may come before it."""


class AnswerTransport:
    """What a cycle of uvicorn uses of a transport."""

    __slots__ = ("_own", "_transport", "write")

    def __init__(self, transport: Transport, own: bytes) -> None:
        """`own`: whole lines."""
        self._transport, self._own = transport, own
        self.write: Callable[[bytes], None] = self._write_head

    def close(self) -> None:
        self._transport.close()

    def is_closing(self) -> bool:
        return self._transport.is_closing()

    def _write_head(self, data: bytes) -> None:
        """uvicorn writes a head at once, and nothing else with it."""
        if data.startswith(CONTINUE):
            self._transport.write(data)
            return
        self.write = self._transport.write
        self._transport.write(b"%b%b\r\n" % (data[:-2], self._own))


def with_own_headers(transport: Transport, own: bytes) -> Transport:
    """The transport for one answer, which says `own` beside what the application says."""
    return cast("Transport", AnswerTransport(transport, own))
