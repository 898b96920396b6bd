"""The socket itself: who gets in, what it answers, when it closes."""

import asyncio
import contextlib
import json
from time import monotonic

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.frames import Opcode

from bilin.core.errors import Unavailable
from bilin.core.ids import Id, PersonId, SessionId
from bilin.core.site import Site
from bilin.gateway import budgets, revalidation, watchdog
from bilin.gateway import hub as hub_module
from bilin.gateway.audience import KEPT_S
from bilin.identity import PasswordSet, SessionOpened, SessionRevoked
from bilin.org import PersonDeactivated
from tests.core.log.facts import NoteAdded, TitleSet
from tests.gateway.server import (
    Gateway,
    Memberships,
    hear,
    is_silent,
    new_ids,
    say,
    session_of,
    start,
)

ANN, BEN, ROOM, OTHER_ROOM = new_ids(4)


async def close_code(client: ClientConnection, timeout_s: float = 5.0) -> int:
    """What the server closes with."""
    async with asyncio.timeout(timeout_s):
        with contextlib.suppress(ConnectionClosed):
            while True:
                await client.recv()
    assert client.close_code is not None
    return client.close_code


async def test_only_who_is_signed_in_gets_in(running: Gateway) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(running.url)
    response = refused.value.response
    assert response.status_code == 401
    assert response.headers["content-type"] == "application/problem+json"
    assert json.loads(response.body or b"")["code"] == "identity.not_signed_in"


async def test_there_is_one_socket_only(running: Gateway) -> None:
    with pytest.raises(InvalidStatus) as refused:
        await connect(running.url + "s", additional_headers={"Authorization": f"Bearer {ANN}.1"})
    assert refused.value.response.status_code == 404


async def test_a_handshake_of_another_version_is_refused(running: Gateway) -> None:
    host, port = running.url.removeprefix("ws://").split("/")[0].split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(
        b"GET /api/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 8\r\n\r\n"
    )
    answer = await reader.read()
    writer.close()
    assert answer.startswith(b"HTTP/1.1 400 ")
    assert b'"code":"gateway.bad_upgrade"' in answer


async def test_events_reach_who_follows_their_topic_in_order(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = {ROOM}
    memberships.topics[BEN] = {OTHER_ROOM}
    async with running.connect(ANN) as ann, running.connect(ANN, 2) as ann_too, running.connect(BEN) as ben:
        for client in (ann, ann_too, ben):
            assert await start(client, 0) == []
        texts = [f"n{number}" for number in range(50)]
        await asyncio.gather(*(running.append(NoteAdded(room=ROOM, text=text), actor=BEN) for text in texts))
        for client in (ann, ann_too):
            heard = [await hear(client) for _ in texts]
            assert [frame["pos"] for frame in heard] == list(range(1, 51))
            assert [frame["data"]["text"] for frame in heard] == texts
            assert heard[0]["t"] == "event"
            assert heard[0]["type"] == "logtest.note_added"
            assert heard[0]["actor"] == str(BEN)
            assert heard[0]["data"]["room"] == str(ROOM)
        assert await is_silent(ben)


async def test_frames_of_all_lengths_arrive_whole(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = {ROOM}
    async with running.connect(ANN) as ann:
        await start(ann, 0)
        for size in (1, 60_000, 70_000, 300_000):
            await running.append(TitleSet(room=ROOM, title="字" * size + str(size)))
            assert (await hear(ann))["data"]["title"] == "字" * size + str(size)


async def test_nothing_comes_before_start(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = {ROOM}
    async with running.connect(ANN) as ann:
        await running.append(NoteAdded(room=ROOM, text="n"))
        assert await is_silent(ann)
        assert [frame["data"]["text"] for frame in await start(ann, 0)] == ["n"]


async def test_who_never_starts_is_closed(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "START_S", 0.2)
    async with running.connect(ANN) as ann:
        assert await close_code(ann) == 4408


async def test_ping_is_answered_with_the_position(running: Gateway, memberships: Memberships) -> None:
    async with running.connect(ANN) as ann:
        await start(ann, 0)
        receipt = await running.append(NoteAdded(room=ROOM, text="n"))
        await say(ann, t="ping")
        assert await hear(ann) == {"t": "pong", "pos": receipt.pos}
        await asyncio.wait_for(await ann.ping(), 30)


async def test_bad_frames_are_refused_and_many_close(running: Gateway) -> None:
    async with running.connect(ANN) as ann:
        for bad in ("no json", '{"t":"unknown"}', b"\x00binary", '{"t":"start","pos":-1}'):
            await ann.send(bad)
            assert (await hear(ann))["code"] == "gateway.bad_frame"
        await say(ann, t="watch", people=["x"])
        assert await close_code(ann) == 4400


async def test_a_flood_is_ignored_then_closed(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hub_module, "monotonic", lambda: 1.0)
    async with running.connect(ANN) as ann:
        for _ in range(budgets.FRAMES_PER_S + 5):
            await say(ann, t="ping")
        heard = [await hear(ann) for _ in range(budgets.FRAMES_PER_S + 1)]
        assert [frame["t"] for frame in heard] == ["pong"] * budgets.FRAMES_PER_S + ["error"]
        assert heard[-1]["code"] == "core.too_many"
        assert await is_silent(ann)
        for _ in range(budgets.FLOOD_PER_S):
            await say(ann, t="ping")
        assert await close_code(ann) == 4400


async def test_a_message_in_fragments_is_put_together(running: Gateway) -> None:
    async with running.connect(ANN) as ann:
        await ann.send(['{"t":', '"pi', 'ng"}'])
        assert (await hear(ann))["t"] == "pong"


async def test_too_large_and_unmasked_frames_close(running: Gateway) -> None:
    async with running.connect(ANN) as ann:
        await ann.send('"' + "x" * 20_000 + '"')
        assert await close_code(ann) == 1009
    async with running.connect(ANN) as ann:
        ann.transport.write(bytes((0x80 | Opcode.TEXT, 2)) + b"{}")
        assert await close_code(ann) == 1002


async def test_a_revoked_session_is_closed_and_only_that(running: Gateway) -> None:
    async with running.connect(ANN, 1) as first, running.connect(ANN, 2) as second, running.connect(BEN) as ben:
        for client in (first, second, ben):
            await start(client, 0)
        await running.append(SessionRevoked(session=session_of(ANN, 1), person=PersonId(ANN)))
        assert (await hear(first))["type"] == "identity.session_revoked"
        assert await close_code(first) == 4401
        assert (await hear(second))["type"] == "identity.session_revoked"
        await running.append(PersonDeactivated(person=PersonId(ANN)))
        assert (await hear(second))["type"] == "org.person_deactivated"
        assert await close_code(second) == 4401
        assert (await hear(ben))["type"] == "org.person_deactivated"
        assert await is_silent(ben)


def opened(device: int, password: Id) -> SessionOpened:
    """Ann's session on a device, opened with a password."""
    session, token = session_of(ANN, device), f"{device:064x}"
    return SessionOpened(
        session=session,
        person=PersonId(ANN),
        device="",
        address="",
        token_sha256=token,
        password=password,
        reset=password,
    )


async def test_sessions_that_a_password_ends_are_closed_and_only_those(running: Gateway) -> None:
    """The session in which it was set goes on, and so does one that was opened with it already, at another site."""
    old = await running.append(PasswordSet(person=PersonId(ANN), hash="old", keeps=None))
    await running.append(opened(1, old.id), opened(2, old.id))
    async with running.connect(ANN, 1) as first, running.connect(ANN, 2) as second, running.connect(BEN) as ben:
        for client in (first, second, ben):
            await start(client, 0)
        await running.append(PasswordSet(person=PersonId(ANN), hash="hashed again", reset=old.id, again=old.id))
        assert await is_silent(first)
        kept = session_of(ANN, 2)
        await running.append(PasswordSet(person=PersonId(ANN), hash="new", reset=old.id, keeps=kept))
        assert await close_code(first) == 4401
        assert await is_silent(second)
        assert await is_silent(ben)


async def test_a_password_that_was_replaced_already_closes_nothing(running: Gateway) -> None:
    """It comes late, from a site that was cut off."""
    old = await running.append(PasswordSet(person=PersonId(ANN), hash="old", keeps=None))
    new = await running.append(PasswordSet(person=PersonId(ANN), hash="new", keeps=None))
    await running.append(opened(1, new.id))
    async with running.connect(ANN, 1) as ann:
        await start(ann, 0)
        await running.append(PasswordSet(person=PersonId(ANN), hash="late", reset=old.id, keeps=None))
        assert await is_silent(ann)


async def test_while_the_database_is_away_nobody_stays_whose_password_was_set(
    running: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may come back at once, and are asked who they are."""

    async def away(site: Site, person: PersonId) -> frozenset[SessionId]:
        raise Unavailable("the database does not answer")

    monkeypatch.setattr(revalidation, "living_sessions", away)
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await start(ann, 0)
        await start(ben, 0)
        await running.append(PasswordSet(person=PersonId(ANN), hash="new", keeps=None))
        assert await close_code(ann) == 1012
        assert await is_silent(ben)


async def test_a_session_that_ends_while_it_connects_does_not_get_in(
    running: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its token was read just before the ending reached this process."""
    from bilin.gateway import handshake
    from tests.gateway.server import authenticate

    async def slow(*arguments: object, **options: object) -> object:
        actor = await authenticate(*arguments, **options)  # type: ignore[arg-type]
        await running.append(SessionRevoked(session=actor.session, person=actor.person))
        return actor

    monkeypatch.setattr(handshake, "authenticate_headers", slow)
    with pytest.raises(InvalidStatus) as refused:
        await running.connect(ANN)
    assert refused.value.response.status_code == 401


async def test_a_stopping_server_says_so(running: Gateway) -> None:
    async with running.connect(ANN) as ann, running.connect(BEN) as ben:
        await start(ann, 0)
        running.server.should_exit = True
        assert await close_code(ann) == 1012
        assert await close_code(ben) == 1012


async def test_a_connection_leaves_nothing_behind(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = {ROOM}
    async with running.connect(ANN) as ann:
        await start(ann, 0)
        await say(ann, t="watch", people=[str(BEN)])
        await hear(ann)
    async with asyncio.timeout(30):
        while running.server.server_state.connections or running.server.server_state.tasks:
            await asyncio.sleep(0.01)
    audience, presence, dog = running.hub._audience, running.hub._presence, running.hub._watchdog
    assert [listener.connections for listener in audience.people.values()] == [[]]
    audience.tick(monotonic() + KEPT_S)
    assert (audience.people, len(audience._followers), presence._watchers) == ({}, 0, {})
    assert (dog._connections, dog._starting, dog._closing) == ({}, {}, {})


async def test_a_silent_client_is_asked_and_then_given_up(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "ROUND_S", 0.0)
    running.hub._watchdog._round_at = 0.0
    monkeypatch.setattr(hub_module, "TICK_S", 0.05)
    host, port = running.url.removeprefix("ws://").split("/")[0].split(":")
    async with running.connect(ANN) as alive:
        await start(alive, 0)
        reader, writer = await asyncio.open_connection(host, int(port))
        writer.write(
            f"GET /api/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            f"Authorization: Bearer {BEN}.1\r\n\r\n".encode()
        )
        async with asyncio.timeout(30):
            try:
                answer = await reader.read()
            except ConnectionResetError:
                answer = b""
        writer.close()
        assert answer == b"" or b"\x89\x00" in answer  # it was asked with a ping
        await say(alive, t="ping")
        assert (await hear(alive))["t"] == "pong"


async def test_positions_are_told_to_who_has_nothing_to_hear(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(watchdog, "ROUND_S", 0.0)
    running.hub._watchdog._round_at = 0.0
    before = await running.append(NoteAdded(room=ROOM, text="before"))
    async with running.connect(ANN) as ann:
        await start(ann, before.pos, running.run)
        receipt = await running.append(NoteAdded(room=ROOM, text="n"))
        async with asyncio.timeout(30):
            assert json.loads(await ann.recv()) == {"t": "pos", "pos": receipt.pos}
