"""A WebSocket client that counts: it understands unmasked text frames of the server (RFC 6455, 5.2) and little else.

Every message under test carries the moment it should have been sent, in nanoseconds: as its Idempotency-Key, which the
frame brings back, or at the head of its text, since a key does not leave its site. So the time of delivery needs no
table.
"""

import asyncio
import base64
import json
import os
import struct
from collections.abc import Mapping
from time import monotonic_ns
from typing import cast

MARK = b'"@'
ASK_AFTER_S = 25.0
"""Of silence, as the protocol says."""
Sync = Mapping[str, object]
"""An answer of `GET /api/sync`."""


class Deliveries:
    """What all clients of a run received."""

    def __init__(self) -> None:
        self.count = 0
        self.bytes = 0
        self.latencies_ns: list[int] = []
        self.since_ns = 0
        self.out_of_order = 0


class SocketClient(asyncio.Protocol):
    """One person's device."""

    def __init__(self, deliveries: Deliveries, ready: "asyncio.Future[None]", sync: Sync) -> None:
        self._deliveries, self._ready, self._sync = deliveries, ready, sync
        self._buffer = b""
        self._upgraded = False
        self._pos = 0
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self._heard_at = self._loop.time()
        self._asking: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but ancestry

    def greet(self, host: str, port: int, token: str) -> None:
        """Ask for the upgrade."""
        nonce = base64.b64encode(os.urandom(16)).decode()
        assert self._transport is not None
        self._transport.write(
            (
                f"GET /api/socket HTTP/1.1\r\nHost: {host}:{port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                f"Sec-WebSocket-Key: {nonce}\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer {token}\r\n\r\n"
            ).encode()
        )

    def send(self, frame: object) -> None:
        """Send a JSON text frame, masked with zeros."""
        data = json.dumps(frame).encode()
        head = b"\x81" + (bytes([0x80 | len(data)]) if len(data) < 126 else b"\xfe" + struct.pack(">H", len(data)))
        assert self._transport is not None
        self._transport.write(head + b"\0\0\0\0" + data)

    def close(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        if self._transport is not None:
            self._transport.abort()

    def data_received(self, data: bytes) -> None:
        self._heard_at = self._loop.time()
        buffer = self._buffer + data if self._buffer else data
        if not self._upgraded:
            end = buffer.find(b"\r\n\r\n")
            if end < 0:
                self._buffer = buffer
                return
            if b" 101 " not in buffer[:32]:
                self._ready.set_exception(ConnectionError(buffer.decode(errors="replace")))
                return
            self._upgraded, buffer = True, buffer[end + 4 :]
            self.send({"t": "start", "run": self._sync["run"], "pos": self._sync["pos"]})
        self._buffer = self._frames(buffer)

    def connection_lost(self, exc: Exception | None) -> None:
        if self._asking is not None:
            self._asking.cancel()
        if not self._ready.done():
            self._ready.set_exception(ConnectionError(f"lost before it was ready: {exc}"))

    def ask_when_silent(self) -> None:
        """Ask whether the server is still there whenever it was silent for long, as browsers do."""
        silent_s = self._loop.time() - self._heard_at
        if silent_s >= ASK_AFTER_S:
            self.send({"t": "ping"})
        self._asking = self._loop.call_later(max(1.0, ASK_AFTER_S - silent_s), self.ask_when_silent)

    def _frames(self, buffer: bytes) -> bytes:
        at, size = 0, len(buffer)
        while size - at >= 2:
            length, start = buffer[at + 1], at + 2
            if length == 126:
                if size < start + 2:
                    break
                length, start = int.from_bytes(buffer[start : start + 2], "big"), start + 2
            elif length == 127:
                if size < start + 8:
                    break
                length, start = int.from_bytes(buffer[start : start + 8], "big"), start + 8
            end = start + length
            if end > size:
                break
            if buffer[at] == 0x81:
                self._text(buffer, start, end)
            elif buffer[at] == 0x89 and self._transport is not None:  # RFC 6455, section 5.5.3
                self._transport.write(b"\x8a\x80\0\0\0\0")
            at = end
        return buffer[at:]

    def _text(self, buffer: bytes, start: int, end: int) -> None:
        if buffer.startswith(b'{"t":"event"', start):
            comma = buffer.index(b",", start + 19)
            pos = int(buffer[start + 19 : comma])
            tally = self._deliveries
            if pos <= self._pos:
                tally.out_of_order += 1
            self._pos = pos
            mark = buffer.find(MARK, start, end)
            if mark >= 0:
                sent_ns = int(buffer[mark + 2 : buffer.index(b"-", mark + 2)])
                if sent_ns >= tally.since_ns:
                    tally.count += 1
                    tally.bytes += end - start
                    tally.latencies_ns.append(monotonic_ns() - sent_ns)
        elif buffer.startswith(b'{"t":"ready"', start) and not self._ready.done():
            self._ready.set_result(None)


async def connect(host: str, port: int, token: str, sync: Sync, deliveries: Deliveries) -> SocketClient:
    """Open a socket that follows the log from where an answer stands, and wait until it is live."""
    loop = asyncio.get_running_loop()
    ready: asyncio.Future[None] = loop.create_future()
    _, client = await loop.create_connection(lambda: SocketClient(deliveries, ready, sync), host, port)
    client.greet(host, port, token)
    await asyncio.wait_for(ready, 20)
    client.ask_when_silent()
    return client
