"""Messages on a Unix socket: four bytes of length, then the message. The socket lies in a folder of this site alone."""

import asyncio
import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import cast

LENGTH = struct.Struct(">I")
FOLDER, SOCKET = "run", "writer.sock"


class Peer(asyncio.Protocol):
    """One end. What is said within one round of the loop goes out in one write."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._received = bytearray()
        self._unsent: list[bytes] = []

    def heard(self, message: bytes) -> None:
        """A message came."""
        raise NotImplementedError

    def lost(self) -> None:
        """The other end is gone."""
        raise NotImplementedError

    @property
    def is_open(self) -> bool:
        return self._transport is not None and not self._transport.is_closing()

    def say(self, message: bytes) -> None:
        """Send a message; nothing happens when the other end is gone."""
        if self._transport is None:
            return
        if not self._unsent:
            asyncio.get_running_loop().call_soon(self._flush)
        self._unsent += (LENGTH.pack(len(message)), message)

    def close(self) -> None:
        """Send what was said, and end it."""
        if self._transport is not None:
            self._flush()
            self._transport.close()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def connection_lost(self, exc: Exception | None) -> None:
        self._transport = None
        self._unsent = []
        self.lost()

    def data_received(self, data: bytes) -> None:
        self._received += data
        for message in self._messages():
            self.heard(message)

    def _messages(self) -> Iterator[bytes]:
        at, received = 0, self._received
        while len(received) - at >= LENGTH.size:
            end = at + LENGTH.size + LENGTH.unpack_from(received, at)[0]
            if len(received) < end:
                break
            yield bytes(memoryview(received)[at + LENGTH.size : end])
            at = end
        if at:
            self._received = received[at:]

    def _flush(self) -> None:
        unsent, self._unsent = self._unsent, []
        if self._transport is not None and unsent:
            self._transport.write(b"".join(unsent))


class SocketFolder:
    """Where sockets of this site's processes lie: `<data>/run`, 0700. Paths of sockets may have 107 bytes only
    (unix(7)), so they are named through the open folder (proc(5))."""

    def __init__(self, data: Path) -> None:
        folder = data / FOLDER
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._descriptor = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)

    def path(self, name: str) -> Path:
        """How a socket in it is reached by this process."""
        return Path(f"/proc/self/fd/{self._descriptor}/{name}")

    def close(self) -> None:
        os.close(self._descriptor)
