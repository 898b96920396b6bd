"""NATS servers that the company runs itself: over TLS, and three in a cluster of which one is lost."""

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilin.core import bus as bus_module
from bilin.core.bus import Bus, NoAnswer
from bilin.sites.enrolment.certificates import _authority, _issue
from tests.core.test_bus_questions import echo, settled
from tests.support.nats_servers import NatsServer, nats_cluster, url_of

INFO = {"server_id": "x", "version": "2.12.0", "proto": 1, "host": "127.0.0.1", "headers": True, "max_payload": 1 << 20}


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test waits for what will not come."""
    monkeypatch.setattr(bus_module, "OPEN_PATIENCE_S", 0.5)


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[NatsServer]:
    """A server that wants TLS, with a certificate of the company's own authority."""
    _issue(tmp_path / "server.pem", *_authority(tmp_path / "authority.pem"), ["localhost"])
    files = f'cert_file: "{tmp_path}/server.pem", key_file: "{tmp_path}/server.key"'
    server = NatsServer(tmp_path, "tls", f"tls {{ {files} }}\nauthorization {{ user: bilin, password: secret }}")
    server.start()
    yield server
    server.end()


async def test_over_tls(encrypted: NatsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    url = f"tls://bilin:secret@localhost:{encrypted.port}"
    stranger = Bus(url)
    await stranger.open()  # an authority that nobody here trusts
    assert not stranger.is_connected
    await stranger.close()
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "authority.pem"))
    bus = Bus(url)
    await bus.open()
    await bus.answer("test.tls", echo)
    await settled(bus)
    assert await bus.request("test.tls", b"q", 5) == b"tls:q"
    await bus.close()


async def test_a_server_that_offers_no_tls_hears_no_password() -> None:
    heard = bytearray()

    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"INFO " + json.dumps(INFO).encode() + b"\r\n")
        heard.extend(await reader.read())
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    bus = Bus(f"tls://bilin:secret@127.0.0.1:{server.sockets[0].getsockname()[1]}")
    async with server:
        await bus.open()
        assert not bus.is_connected
        await bus.close()
    assert heard == b""


async def test_the_loss_of_one_of_three_is_not_noticed(tmp_path: Path) -> None:
    """Who was connected to it goes on with another; what was said just then is lost, and who asked is told to."""
    with nats_cluster(tmp_path) as servers:
        here, there = Bus(url_of(servers)), Bus(url_of(servers[1:]))
        returned = asyncio.Event()

        async def note() -> None:
            returned.set()

        here.on_return(note)
        await here.open()
        await there.open()
        await there.answer("test.three", echo)
        await settled(there)
        assert await until_answered(here) == b"three:q"
        assert here._client.connected_url is not None
        port = here._client.connected_url.port
        lost = next(server for server in servers if server.port == port)
        lost.end()
        async with asyncio.timeout(30):
            await returned.wait()
            assert await until_answered(here) == b"three:q"
        assert here._client.connected_url.port != port
        await here.close()
        await there.close()


async def until_answered(bus: Bus) -> bytes:
    """Servers tell each other who listens where."""
    async with asyncio.timeout(30):
        while True:
            try:
                return await bus.request("test.three", b"q", 1)
            except NoAnswer:
                await asyncio.sleep(0.02)
