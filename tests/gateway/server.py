"""A gateway on a real uvicorn server, with facts of the tests' own instead of messaging."""

import asyncio
import contextlib
import json
import secrets
import socket
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any
from weakref import WeakKeyDictionary

import pytest
import uvicorn
from websockets.asyncio.client import ClientConnection, connect

from bilin import gateway, sites
from bilin.core.commands import Actor
from bilin.core.database import Connection
from bilin.core.events import Event
from bilin.core.ids import Id, PersonId, SessionId
from bilin.core.log import Decision, Receipt
from bilin.core.settings import Settings
from bilin.core.site import Site, open_site
from bilin.gateway import handshake
from bilin.gateway.hub import Hub
from bilin.identity import NotSignedIn

SESSION_OF_PERSON = 1 << 45
"""Session n of a person is their id plus n times this."""


@dataclass(frozen=True)
class Gateway:
    """One gateway process, as far as a test can see it."""

    site: Site
    url: str
    server: uvicorn.Server

    @property
    def hub(self) -> Hub:
        return self.site.get(Hub)

    @property
    def run(self) -> str:
        """The run of what was delivered last, as clients name it."""
        return str(self.site.tail.run_id)

    async def append(self, *events: Event, actor: int | None = None) -> Receipt:
        """Append, and wait until the tail has it."""
        receipt = await self.site.log.append(Decision(events), None if actor is None else PersonId(actor))
        assert await self.site.tail.reached(receipt.pos)
        return receipt

    def connect(self, person: int, device: int = 1, **options: Any) -> Any:
        """A socket of a person, as `async with`."""
        headers = {"Authorization": f"Bearer {person}.{device}"}
        return connect(
            self.url, additional_headers=headers, compression=None, ping_interval=None, max_queue=None, **options
        )


async def authenticate(_: Site, headers: Iterable[tuple[bytes, bytes]], *, is_unsafe: bool) -> Actor:
    """Stands in for identity: the token is `person.device`."""
    assert is_unsafe
    token = dict(headers).get(b"authorization", b"").decode().removeprefix("Bearer ")
    person, _dot, device = token.partition(".")
    if not device:
        raise NotSignedIn
    return Actor(PersonId(int(person)), session_of(int(person), int(device)))


def session_of(person: int, device: int) -> SessionId:
    """The session of a device."""
    return SessionId(person + device * SESSION_OF_PERSON)


class Memberships:
    """Stands in for messaging: what each person follows."""

    def __init__(self) -> None:
        self.topics: defaultdict[int, set[int]] = defaultdict(set)

    async def of(self, _: Connection, person: PersonId) -> Iterable[int]:
        return set(self.topics[person])


@asynccontextmanager
async def running_gateway(settings: Settings, memberships: Memberships, writes: bool = True) -> AsyncIterator[Gateway]:
    """A site with a gateway, and a writer if it is to have one."""
    site = await open_site(settings)
    site.topics.add(memberships.of)
    await site.tail.start()
    for module in (sites.module, gateway.module):
        assert module.start is not None
        await module.start(site)
    site.spawn("tail", site.tail.run())
    if writes:
        site.spawn("writer", site.log.run())
    config = uvicorn.Config(
        _no_http,
        http="httptools",
        ws=gateway.socket_protocol(site),
        lifespan="off",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=2,
    )
    server = uvicorn.Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        serving = asyncio.create_task(server._serve([listener]))
        while not server.started:
            await asyncio.sleep(0.005)
        try:
            yield Gateway(site, f"ws://127.0.0.1:{listener.getsockname()[1]}/api/socket", server)
        finally:
            server.should_exit = True
            await serving
            await site.close()


async def _no_http(_: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 204, "headers": []})
    await send({"type": "http.response.body", "body": b""})


_told: WeakKeyDictionary[ClientConnection, str] = WeakKeyDictionary()


def run_told(client: ClientConnection, before: str = "0") -> str:
    """The run that a client has beside its position, which it had before this connection told it another."""
    return _told.get(client, before)


async def say(client: ClientConnection, **frame: Any) -> None:
    """Send a frame of the protocol."""
    await client.send(json.dumps(frame))


async def hear(client: ClientConnection, timeout_s: float = 30.0) -> dict[str, Any]:
    """The next frame, position notices aside."""
    async with asyncio.timeout(timeout_s):
        while True:
            frame: dict[str, Any] = json.loads(await client.recv())
            if frame["t"] != "pos":
                return frame
            if "run" in frame:
                _told[client] = frame["run"]


async def hear_until_ready(client: ClientConnection, timeout_s: float = 20.0) -> list[dict[str, Any]]:
    """The frames before `ready`; the last one is `ready` itself."""
    heard: list[dict[str, Any]] = []
    while not heard or heard[-1]["t"] != "ready":
        heard.append(await hear(client, timeout_s))
    return heard


async def start(client: ClientConnection, pos: int, run: str = "0") -> list[dict[str, Any]]:
    """Start from a position of a run, and hear what was missed."""
    await say(client, t="start", run=run, pos=pos)
    return (await hear_until_ready(client))[:-1]


async def is_silent(client: ClientConnection, for_s: float = 0.3) -> bool:
    """Whether nothing comes for a while."""
    with contextlib.suppress(TimeoutError):
        await hear(client, for_s)
        return False
    return True


def new_ids(count: int) -> list[Id]:
    """Ids that nothing else has."""
    return [Id(secrets.randbits(44) | 1 << 44) for _ in range(count)]


@pytest.fixture
def memberships() -> Memberships:
    return Memberships()


@pytest.fixture
async def running(
    settings: Settings, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[Gateway]:
    """One gateway with a writer."""
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    async with running_gateway(settings, memberships) as one:
        yield one
