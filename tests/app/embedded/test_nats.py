"""The embedded NATS: on the loopback only, with a token, at the same place after a restart."""

from pathlib import Path

import nats
import pytest

from bilin.app.embedded import EmbeddedNats


async def test_it_takes_large_messages_from_who_knows_the_token(tmp_path: Path) -> None:
    server = EmbeddedNats(tmp_path / "nats", tmp_path / "nats.log")
    process = await server.start()
    try:
        client = await nats.connect(server.url)
        assert client.max_payload == 8 * 1024 * 1024
        subscription = await client.subscribe("hello")
        await client.publish("hello", b"x" * 4_000_000)
        assert len((await subscription.next_msg(5)).data) == 4_000_000
        await client.close()
    finally:
        await process.stop(server.stop_signal, 5)


async def test_a_stranger_is_refused(tmp_path: Path) -> None:
    server = EmbeddedNats(tmp_path / "nats", tmp_path / "nats.log")
    process = await server.start()
    try:
        anonymous = server.url.split("@")[1]
        with pytest.raises(nats.errors.Error, match="Authorization Violation"):
            await nats.connect(f"nats://{anonymous}", allow_reconnect=False, max_reconnect_attempts=1)
    finally:
        await process.stop(server.stop_signal, 5)


async def test_the_address_outlives_a_restart(tmp_path: Path) -> None:
    server = EmbeddedNats(tmp_path / "nats", tmp_path / "nats.log")
    before = server.url
    for _ in range(2):
        process = await server.start()
        client = await nats.connect(server.url)
        await client.close()
        await process.stop(server.stop_signal, 5)
    assert server.url == before
