"""Sockets of a company's sites: a gateway on a real port for each."""

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from bilin import gateway
from tests.identity.office import Browser
from tests.sites.company import Server


@asynccontextmanager
async def gateway_of(server: Server) -> AsyncIterator[str]:
    """The address of a site's sockets, while it listens."""
    config = uvicorn.Config(
        _no_http,
        http="httptools",
        ws=gateway.socket_protocol(server.site),
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    listening = uvicorn.Server(config)
    with socket.socket() as port:
        port.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(listening._serve([port]))
        while not listening.started:
            await asyncio.sleep(0.005)
        try:
            yield f"ws://127.0.0.1:{port.getsockname()[1]}/api/socket"
        finally:
            listening.should_exit = True
            await serving


async def _no_http(_: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


class Client:
    """A live socket of somebody; frames of a kind are waited for, others passed over."""

    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def say(self, **frame: Any) -> None:
        """Send a frame."""
        await self._socket.send(json.dumps(frame))

    async def hear(self, kind: str, timeout_s: float = 15.0) -> dict[str, Any]:
        """The next frame of a kind."""
        async with asyncio.timeout(timeout_s):
            while True:
                frame: dict[str, Any] = json.loads(await self._socket.recv())
                if frame["t"] == kind:
                    return frame

    async def hears_nothing(self, kind: str, for_s: float) -> bool:
        """Whether no frame of a kind comes for a while."""
        try:
            await self.hear(kind, for_s)
        except TimeoutError:
            return True
        return False


@asynccontextmanager
async def live(url: str, browser: Browser) -> AsyncIterator[Client]:
    """A socket of somebody who is up to date."""
    sync = await browser.get("/sync")
    headers = {"Authorization": f"Bearer {browser.token}"}
    async with connect(url, additional_headers=headers, compression=None, ping_interval=None) as opened:
        client = Client(opened)
        await client.say(t="start", run=sync["run"], pos=sync["pos"])
        await client.hear("ready")
        yield client
