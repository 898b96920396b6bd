"""What a client may send over its sockets, how many it may have, and how long."""

import asyncio
import contextlib
import struct

import pytest
from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed, InvalidStatus

from bilin.core.commands import Actor
from bilin.core.ids import PersonId, SessionId
from bilin.core.rate_limit import Rate, RateLimit
from bilin.core.settings import DatabaseSettings, NatsSettings, Settings, SiteSettings, load_settings
from bilin.gateway import budgets, handshake
from bilin.gateway import hub as hub_module
from bilin.gateway import watchdog as watchdog_module
from bilin.gateway.frames import CloseCode
from bilin.gateway.parser import MAX_FRAMES_AT_ONCE, FrameError, FrameParser
from tests.core.log.conftest import until
from tests.gateway.server import Gateway, Memberships, authenticate, new_ids, running_gateway, say, start

ANN, BEN, EVE = new_ids(3)
TEXT, CONTINUED, PING, PONG = 0x81, 0x00, 0x89, 0x8A


def masked(first: int, payload: bytes = b"") -> bytes:
    """A frame of a client; the mask of zeros changes nothing."""
    return struct.pack(">BB4s", first, 0x80 | len(payload), bytes(4)) + payload


async def close_code(client: ClientConnection) -> int:
    async with asyncio.timeout(30):
        try:
            while True:
                await client.recv()
        except ConnectionClosed as closed:
            return closed.rcvd.code if closed.rcvd is not None else 0


@pytest.mark.parametrize("kind", [PING, PONG, 0x01])
async def test_frames_of_any_kind_are_counted(running: Gateway, kind: int) -> None:
    """Pings, pongs, and a message in endless empty fragments; in small pieces, as a network brings them."""
    async with running.connect(ANN) as ann:
        ann.transport.write(masked(kind))
        for _ in range(budgets.FLOOD_PER_S * 3):
            ann.transport.write(masked(kind if kind != 0x01 else CONTINUED))
            await asyncio.sleep(0)
        assert await close_code(ann) == CloseCode.BAD_FRAMES


async def test_a_flood_in_one_piece_is_not_taken_apart() -> None:
    parser = FrameParser()
    with pytest.raises(FrameError) as refused:
        parser.feed(masked(PING) * 1_000_000)
    assert refused.value.code == CloseCode.BAD_FRAMES
    assert parser.taken == MAX_FRAMES_AT_ONCE + 1
    assert len(FrameParser().feed(masked(PING) * MAX_FRAMES_AT_ONCE)) == MAX_FRAMES_AT_ONCE


async def test_pings_beyond_the_pace_are_not_answered(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "monotonic", lambda: 1.0)
    async with running.connect(ANN) as ann:
        pongs = [await ann.ping() for _ in range(budgets.FRAMES_PER_S + 10)]
        await asyncio.sleep(0.3)
        assert sum(pong.done() for pong in pongs) == budgets.FRAMES_PER_S


async def test_bytes_are_counted(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "monotonic", lambda: 1.0)
    async with running.connect(ANN) as ann:
        await start(ann, 0)
        for _ in range(budgets.FLOOD_BYTES_PER_S // 16_000 + 2):
            await ann.send('{"t":"ping","x":"' + "x" * 16_000 + '"}')
        assert await close_code(ann) == CloseCode.BAD_FRAMES


async def test_frames_of_a_person_are_counted_over_all_sockets(
    running: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_module, "monotonic", lambda: 1.0)
    monkeypatch.setattr(hub_module, "PERSON_FLOOD_PER_S", 50)
    async with running.connect(ANN) as one, running.connect(ANN, 2) as two, running.connect(BEN) as ben:
        for _ in range(30):
            one.transport.write(masked(PONG))
        await asyncio.sleep(0.2)
        for _ in range(30):
            two.transport.write(masked(PONG))
        assert await close_code(two) == CloseCode.BAD_FRAMES
        await asyncio.wait_for(await ben.ping(), 30)


async def test_start_again_and_again_is_a_flood(running: Gateway) -> None:
    async with running.connect(ANN) as ann:
        for _ in range(int(budgets.STARTS.burst)):
            await start(ann, 0)
        await say(ann, t="start", run="0", pos=0)
        assert await close_code(ann) == CloseCode.BAD_FRAMES
    async with running.connect(ANN) as ann:
        await start(ann, 0)


async def test_starts_of_a_person_are_counted_over_all_sockets(
    running: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running.hub, "_person_starts", RateLimit(Rate(burst=3, per_s=1 / 60)))
    for device in range(1, 4):
        async with running.connect(ANN, device) as ann:
            await start(ann, 0)
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await say(ann, t="start", run="0", pos=0)
        assert await close_code(ann) == CloseCode.BAD_FRAMES
        await start(ben, 0)


async def test_a_session_and_a_person_have_so_many_sockets(
    settings: Settings, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    more = {"BILIN_GATEWAY_SOCKETS_PER_SESSION": "2", "BILIN_GATEWAY_SOCKETS_PER_PERSON": "3"}
    async with (
        running_gateway(narrowed(settings, more), memberships) as gateway,
        gateway.connect(ANN) as first,
        gateway.connect(ANN),
    ):
        assert await refused(gateway, ANN, 1) == 429
        async with gateway.connect(ANN, 2), gateway.connect(BEN):
            assert await refused(gateway, ANN, 3) == 429
            await start(first, 0)
        await asyncio.sleep(0.1)
        async with gateway.connect(ANN, 3):
            await start(first, 0)


async def test_sockets_of_a_person_are_counted_over_all_processes(
    settings: Settings, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    few = narrowed(settings, {"BILIN_GATEWAY_SOCKETS_PER_PERSON": "3"})
    async with running_gateway(few, memberships) as one, running_gateway(few, memberships, writes=False) as other:
        there = other.hub._presence.sockets_elsewhere
        async with one.connect(ANN), one.connect(BEN):
            async with one.connect(ANN, 2), other.connect(ANN, 3):
                await until(lambda: there(ANN) == 2 and one.hub._presence.sockets_elsewhere(ANN) == 1)
                assert await refused(other, ANN, 4) == 429
                assert await refused(one, ANN, 4) == 429
            await until(lambda: there(ANN) == 1)
            async with other.connect(ANN, 4):
                pass
        await until(lambda: there(ANN) == 0)
        assert there(EVE) == 0


async def refused(gateway: Gateway, person: int, device: int) -> int:
    with pytest.raises(InvalidStatus) as answer:
        await gateway.connect(person, device).__aenter__()
    assert b"gateway.too_many_sockets" in (answer.value.response.body or b"")
    assert "retry-after" in answer.value.response.headers
    return answer.value.response.status_code


async def test_a_message_that_never_ends_is_closed(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog_module, "ROUND_S", 0.1)
    monkeypatch.setattr(watchdog_module, "CLOSE_S", 0.1)  # what the client answers is taken for more of its message
    monkeypatch.setattr(hub_module, "TICK_S", 0.05)
    async with running.connect(ANN) as ann:
        await start(ann, 0)
        running.hub._watchdog._round_at = 0.0
        ann.transport.write(struct.pack(">BBH4s", TEXT, 0x80 | 126, 1_000, bytes(4)))

        async def dribble() -> None:
            while not ann.transport.is_closing():
                with contextlib.suppress(RuntimeError):
                    ann.transport.write(b"x")
                await asyncio.sleep(0.02)

        dribbling = asyncio.create_task(dribble())
        assert await close_code(ann) == CloseCode.BAD_FRAMES
        dribbling.cancel()


async def test_a_socket_does_not_outlive_its_session(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    ended: set[SessionId] = set()

    async def overdue(_: object, actors: list[Actor]) -> set[SessionId]:
        assert {actor.person for actor in actors} <= {PersonId(ANN), PersonId(BEN)}
        return ended

    monkeypatch.setattr(hub_module, "overdue_sessions", overdue)
    monkeypatch.setattr(hub_module, "SESSIONS_S", 0.05)
    running.site.keep("sooner", running.hub.run_sessions)
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await start(ann, 0)
        ended.add(next(iter(running.hub._audience.people[int(ANN)].connections)).actor.session)  # type: ignore[union-attr]
        assert await close_code(ann) == CloseCode.SESSION_ENDED
        await start(ben, 0)


def narrowed(settings: Settings, more: dict[str, str]) -> Settings:
    """The same site with other settings."""
    return load_settings(
        {
            "BILIN_DATA_DIR": str(settings[SiteSettings].data_dir),
            "BILIN_DATABASE_URL": settings[DatabaseSettings].url,
            "BILIN_NATS_URL": settings[NatsSettings].url,
            **more,
        }
    )
