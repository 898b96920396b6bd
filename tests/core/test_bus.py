"""The bus may be away, at the start and later: nothing waits for it, and subscriptions are there when it is."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bilin.app.embedded import EmbeddedNats
from bilin.core import bus as bus_module
from bilin.core.bus import Bus


@pytest.fixture
def nats(tmp_path: Path) -> EmbeddedNats:
    """A NATS server that does not run yet."""
    return EmbeddedNats(tmp_path / "nats", tmp_path / "nats.log")


@asynccontextmanager
async def running(service: EmbeddedNats) -> AsyncIterator[None]:
    """It runs for the time of the block."""
    process = await service.start()
    try:
        yield
    finally:
        await process.stop(service.stop_signal, service.stop_within_s)
        service.tidy()


async def publish_until_heard(bus: Bus, heard: list[bytes], payload: bytes) -> None:
    async with asyncio.timeout(30):
        while payload not in heard:
            await bus.publish("test.one", payload)
            await asyncio.sleep(0.05)


async def test_a_bus_that_is_away_is_not_waited_for_and_comes_back(
    nats: EmbeddedNats, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_module, "OPEN_PATIENCE_S", 0.2)
    bus = Bus(nats.url)
    heard: list[bytes] = []

    async def hear(payload: bytes) -> None:
        heard.append(payload)

    async with asyncio.timeout(30):  # nobody will come
        await bus.open()
        await bus.subscribe("test.one", hear)
    assert not await bus.publish("test.one", b"lost")
    try:
        async with running(nats):
            await publish_until_heard(bus, heard, b"first")
        async with asyncio.timeout(30):
            while bus.is_connected:
                await asyncio.sleep(0.02)
        assert not await bus.publish("test.one", b"lost too")
        async with running(nats):
            await publish_until_heard(bus, heard, b"second")
        assert b"lost" not in heard
        assert b"lost too" not in heard
    finally:
        await bus.close()


async def test_a_bus_that_never_came_closes(nats: EmbeddedNats, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bus_module, "OPEN_PATIENCE_S", 0.1)
    bus = Bus(nats.url)
    await bus.open()
    async with asyncio.timeout(30):
        await bus.close()
    assert not bus.is_connected


async def test_what_is_too_large_is_not_published_and_breaks_nothing(nats_url: str) -> None:
    bus = Bus(nats_url)
    await bus.open()
    assert not await bus.publish("test.two", b"x" * 9_000_000)
    assert await bus.publish("test.two", b"x")
    await bus.close()
