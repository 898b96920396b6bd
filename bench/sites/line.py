"""The line between two sites: a TCP relay on loopback that delays, counts and can be cut."""

import asyncio
from collections import deque
from time import monotonic

from bench.server import HOST

CHUNK = 65_536


class Line:
    """Relays connections to a port. TLS passes through it: the sites speak to each other, not to the line."""

    def __init__(self, target: int) -> None:
        self._target = target
        self.delay_s = 0.0
        """One way; a round trip has twice as much."""
        self.bytes = 0
        """What went over it in both directions, TLS included, TCP/IP headers not."""
        self.is_cut = False
        self.port = 0
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def open(self) -> "Line":
        """Listen on a free port."""
        self._server = await asyncio.start_server(self._relay, HOST, self.port)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def close(self) -> None:
        """Relay nothing any more."""
        if self._server is not None:
            self._server.close()
        self.cut()

    def cut(self) -> None:
        """Nothing passes, and nobody is told: as when a cable is pulled."""
        self.is_cut = True

    def mend(self) -> None:
        """New connections pass again; the old ones are lost, as they are after a while without packets."""
        for task in list(self._tasks):
            task.cancel()
        self.is_cut = False

    async def _relay(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            there_reader, there_writer = await asyncio.open_connection(HOST, self._target)
            try:
                async with asyncio.TaskGroup() as group:
                    group.create_task(self._carry(reader, there_writer))
                    group.create_task(self._carry(there_reader, writer))
            finally:
                there_writer.close()
        except (OSError, ExceptionGroup, asyncio.CancelledError):
            pass  # the end of a connection is no news to a line
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One direction: what comes in leaves after the delay, in order."""
        waiting: deque[tuple[float, bytes]] = deque()
        arrived = asyncio.Event()
        sending = asyncio.create_task(self._send(waiting, arrived, writer))
        try:
            while data := await reader.read(CHUNK):
                if not self.is_cut:
                    self.bytes += len(data)
                    waiting.append((monotonic() + self.delay_s, data))
                    arrived.set()
        finally:
            sending.cancel()
        raise ConnectionResetError

    async def _send(
        self, waiting: "deque[tuple[float, bytes]]", arrived: asyncio.Event, to: asyncio.StreamWriter
    ) -> None:
        while True:
            while waiting:
                due, data = waiting.popleft()
                if (wait_s := due - monotonic()) > 0:
                    await asyncio.sleep(wait_s)
                to.write(data)
                await to.drain()
            arrived.clear()
            await arrived.wait()
