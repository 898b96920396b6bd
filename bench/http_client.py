"""A small HTTP/1.1 client that costs the machine little, so that the server is what is measured.

`HttpPool.post` is open-loop: when all connections are busy it opens another one (up to a limit), as people would.
"""

import asyncio
from collections import deque
from typing import cast


class HttpError(Exception):
    """The server answered with an error."""


class _Connection(asyncio.Protocol):
    def __init__(self) -> None:
        self.waiter: asyncio.Future[bytes] | None = None
        self.is_lost = False
        self._transport: asyncio.Transport | None = None
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is one in all but ancestry

    def data_received(self, data: bytes) -> None:
        self._buffer = self._buffer + data if self._buffer else data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length:")
        length = int(head[at + 15 : end].split(b"\r\n", 1)[0]) if at >= 0 else 0
        if len(self._buffer) < end + 4 + length:
            return
        answer, self._buffer = self._buffer, b""
        waiter, self.waiter = self.waiter, None
        if waiter is not None and not waiter.done():
            if answer[9:10] == b"2":
                waiter.set_result(answer[end + 4 :])
            else:
                waiter.set_exception(HttpError(answer.decode(errors="replace")))

    def connection_lost(self, exc: Exception | None) -> None:
        self.is_lost = True
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_exception(HttpError(f"connection lost: {exc}"))

    def send(self, request: bytes) -> "asyncio.Future[bytes]":
        assert self._transport is not None
        self.waiter = asyncio.get_running_loop().create_future()
        self._transport.write(request)
        return self.waiter

    def close(self) -> None:
        if self._transport is not None:
            self._transport.close()


class HttpPool:
    """Keep-alive connections to one server; the token goes with each request."""

    def __init__(self, host: str, port: int, limit: int = 400) -> None:
        self._host, self._port, self._limit = host, port, limit
        self._free: deque[_Connection] = deque()
        self._open = 0
        self._freed = asyncio.Semaphore(0)

    async def request(self, method: str, path: str, token: str = "", body: bytes = b"", headers: str = "") -> bytes:
        """One request; the body of the answer. Raises `HttpError`."""
        authorization = f"Authorization: Bearer {token}\r\n" if token else ""
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: {self._host}:{self._port}\r\n{authorization}{headers}"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        )
        return await self.send(head.encode() + body)

    async def send(self, request: bytes) -> bytes:
        """A whole request as bytes."""
        connection = await self._take()
        try:
            answer = await connection.send(request)
        except HttpError as error:
            if "connection lost" in str(error):
                self._open -= 1
                raise
            self._give(connection)
            raise
        self._give(connection)
        return answer

    def close(self) -> None:
        """Close all free connections."""
        while self._free:
            self._free.pop().close()

    async def _take(self) -> _Connection:
        while self._free:
            connection = self._free.pop()
            if not connection.is_lost:
                return connection
            self._open -= 1  # its server was started again
        if self._open < self._limit:
            self._open += 1
            loop = asyncio.get_running_loop()
            _, connection = await loop.create_connection(_Connection, self._host, self._port)
            return connection
        await self._freed.acquire()
        return await self._take()

    def _give(self, connection: _Connection) -> None:
        self._free.append(connection)
        if self._freed.locked():
            self._freed.release()
