"""A small HTTP proxy that knows CONNECT alone: what stands between a branch and the world in many companies."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager


class ConnectProxy:
    """What went through it, and what it wants to hear first."""

    def __init__(self, login: str = "") -> None:
        self.tunnels: list[str] = []
        """host:port of every tunnel it dug."""
        self.refused = 0
        self.port = 0
        self._wanted = f"Basic {base64.b64encode(login.encode()).decode()}" if login else ""

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            method, target, _ = head[0].split(" ")
            given = {name.lower(): value for name, _, value in (line.partition(": ") for line in head[1:])}
            if method != "CONNECT" or given.get("proxy-authorization", "") != self._wanted:
                self.refused += 1
                writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\n\r\n")
                return
            host, _, port = target.rpartition(":")
            onward = await asyncio.open_connection(host, int(port))
            self.tunnels.append(target)
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await asyncio.gather(_pump(reader, onward[1]), _pump(onward[0], writer))
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    try:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
    except OSError:
        pass
    finally:
        writer.close()


@asynccontextmanager
async def connect_proxy(login: str = "") -> AsyncIterator[ConnectProxy]:
    """A proxy for the time of the block; with a login (`user:password`) it wants that."""
    proxy = ConnectProxy(login)
    server = await asyncio.start_server(proxy.serve, "127.0.0.1", 0)
    proxy.port = server.sockets[0].getsockname()[1]
    try:
        yield proxy
    finally:
        server.close()
