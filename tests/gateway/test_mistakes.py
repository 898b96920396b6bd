"""A mistake of ours in the gateway: whom it strikes reconnects and resumes, and nobody else notices."""

import asyncio
import json
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed

from bilin.core import site as site_module
from bilin.core.codec import to_json
from bilin.core.commands import Actor
from bilin.core.events import Event, Recorded
from bilin.core.ids import Id, PersonId, SessionId
from bilin.core.log import Entry
from bilin.core.log.entry import entry_of
from bilin.core.site import Site, kept
from bilin.gateway import handshake
from bilin.gateway.connection import SocketConnection
from bilin.gateway.ended_sessions import REMEMBERED, EndedSessions
from bilin.gateway.frames import CloseCode
from bilin.gateway.watchdog import ROUND_S, Watchdog
from bilin.identity import SessionRevoked
from tests.core.log.facts import NoteAdded
from tests.gateway.server import Gateway, Memberships, authenticate, hear, new_ids, run_told, start

ANN, BEN, ROOM = new_ids(3)


async def test_a_listener_that_raises_loses_nobody_a_batch(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    memberships.topics[ANN] = {ROOM}
    deliver = running.hub._recent.add
    async with running.connect(ANN) as client:
        await start(client, 0)
        monkeypatch.setattr(running.hub._recent, "add", _raises)
        await running.append(NoteAdded(room=ROOM, text="a"))
        with pytest.raises(ConnectionClosed) as closed:
            await hear(client)
        assert closed.value.rcvd is not None
        assert closed.value.rcvd.code == CloseCode.RESTART
        run = run_told(client, running.run)
    monkeypatch.setattr(running.hub._recent, "add", deliver)
    async with running.connect(ANN) as client:
        assert [frame["data"]["text"] for frame in await start(client, 0, run)] == ["a"]
        await running.append(NoteAdded(room=ROOM, text="b"))
        assert (await hear(client))["data"]["text"] == "b"


async def test_who_left_while_a_batch_was_lost_hears_nothing_more(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a person follows is looked up again: the lost batch may have ended it."""
    memberships.topics[ANN] = {ROOM}
    add = running.hub._recent.add
    async with running.connect(ANN) as client:
        await start(client, 0)
        monkeypatch.setattr(running.hub._recent, "add", _raises)
        await running.append(NoteAdded(room=ROOM, text="a"))
        memberships.topics[ANN] = set()
        async with running.connect(ANN, 2) as other:
            monkeypatch.setattr(running.hub._recent, "add", add)
            await start(other, running.site.tail.pos, running.run)
            await running.append(NoteAdded(room=ROOM, text="b"))
            await other.send('{"t":"ping"}')
            assert (await hear(other))["t"] == "pong"


async def test_one_write_that_raises_leaves_nobody_else_silent(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    memberships.topics[ANN] = memberships.topics[BEN] = {ROOM}
    write = SocketConnection.write

    def fail(connection: SocketConnection, data: bytes) -> None:
        if connection.actor is not None and connection.actor.person == ANN:
            raise RuntimeError("a mistake")
        write(connection, data)

    async with running.connect(ANN) as ann, running.connect(BEN) as ben, running.connect(BEN, 2) as other:
        for client in (ann, ben, other):
            await start(client, 0)
        monkeypatch.setattr(SocketConnection, "write", fail)
        for text in ("a", "b"):
            await running.append(NoteAdded(room=ROOM, text=text))
            for client in (ben, other):
                assert (await hear(client))["data"]["text"] == text
        with pytest.raises(ConnectionClosed):
            await hear(ann)


async def test_a_handshake_that_fails_is_answered(running: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilin.gateway.hub.handshake", _raises)
    with pytest.raises(Exception):  # noqa: B017, PT011 (whatever the client calls it: it does not wait for ever)
        async with asyncio.timeout(5):
            await running.connect(ANN).__aenter__()


async def test_more_endings_than_are_remembered_let_nobody_in(
    running: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The session that was checked ends, and so many after it that nobody remembers: it is checked again."""
    asked = 0

    async def slow(site: Site, headers: Any, *, is_unsafe: bool) -> Actor:
        nonlocal asked
        asked += 1
        actor = await authenticate(site, headers, is_unsafe=is_unsafe)
        if asked == 1:
            for session in (actor.session, *range(1, REMEMBERED + 1)):
                entry = _ending(site.tail.pos + 1, int(actor.person), int(session))
                running.hub._ended_sessions.note(entry)
                site.tail.pos += 1
        return actor

    monkeypatch.setattr(handshake, "authenticate_headers", slow)
    pos = running.site.tail.pos
    async with running.connect(ANN):
        assert asked == 2
    running.site.tail.pos = pos


def test_endings_say_what_they_no_longer_know() -> None:
    endings = EndedSessions()
    for pos in range(1, REMEMBERED + 1):
        endings.note(_ending(pos, 7, pos))
    assert endings.knows_since(0)
    assert endings.has_ended(Actor(PersonId(7), SessionId(1)), 0)
    endings.note(_ending(REMEMBERED + 1, 7, 5000))
    assert not endings.knows_since(0)
    assert endings.knows_since(1)
    endings.forget(9000)
    assert not endings.knows_since(8999)
    assert endings.knows_since(9000)


def test_the_watchdog_looks_at_everybody_though_one_fails() -> None:
    class Broken(Seen):
        def write(self, data: bytes) -> None:
            raise RuntimeError("a mistake")

        def close(self, code: CloseCode) -> None:
            raise RuntimeError("a mistake")

    broken, other = Broken(), Seen()
    watchdog = Watchdog()
    for each in (broken, other):
        watchdog.opened(each, 0.0)  # type: ignore[arg-type]
    for second in range(11, 11 + int(ROUND_S)):
        watchdog.tick(float(second), 5)
    assert (broken.given_up, other.told, other.closed) == (2, [5], [CloseCode.NO_START])


def test_each_client_is_told_the_position_once_a_round_and_never_all_at_once() -> None:
    clients, watchdog = [Seen() for _ in range(50)], Watchdog()
    for each in clients:
        watchdog.opened(each, 0.0)  # type: ignore[arg-type]
        watchdog.started(each)  # type: ignore[arg-type]
    clients[7].pending.append(b"an event that it has not been sent")
    clients[8].is_live = False
    for second in range(5 * int(ROUND_S)):
        before = sum(len(each.told) for each in clients)
        watchdog.tick(float(second), second)
        assert sum(len(each.told) for each in clients) - before <= 3
        if second == 2 * ROUND_S:
            watchdog.gone(clients[0])  # type: ignore[arg-type]
    for each in clients[1:]:
        gaps = {later - earlier for earlier, later in pairwise(each.told)}
        assert gaps <= {ROUND_S - 1, ROUND_S, ROUND_S + 1}
        assert len(each.told) == (0 if each in clients[7:9] else 5)
    assert len(clients[0].told) < 5


class Seen:
    """What a watchdog sees of a connection."""

    def __init__(self) -> None:
        self.silent_rounds, self.stuck_rounds, self.pos, self.given_up = 0, 0, 0, 0
        self.is_midway = self.has_finished = False
        self.has_heard, self.is_live = True, True
        self.pending: list[bytes] = []
        self.told: list[int] = []
        self.closed: list[CloseCode] = []

    def write(self, data: bytes) -> None:
        self.told.append(json.loads(data[2:])["pos"])

    def close(self, code: CloseCode) -> None:
        self.closed.append(code)

    def give_up(self, cause: Exception) -> None:
        assert isinstance(cause, RuntimeError)
        self.given_up += 1


@pytest.mark.parametrize("part", ["_watchdog.tick", "_presence._tick"])
async def test_what_looks_after_connections_goes_on_after_a_failure(
    running: Gateway, monkeypatch: pytest.MonkeyPatch, part: str
) -> None:
    monkeypatch.setattr(site_module, "AGAIN_S", 0.01)
    owner_name, name = part.split(".")
    owner = getattr(running.hub, owner_name)
    work, calls = getattr(owner, name), 0

    def once(*args: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise RuntimeError("a mistake")
        return work(*args)

    monkeypatch.setattr(owner, name, once)
    async with asyncio.timeout(30):
        while calls < 3:
            await asyncio.sleep(0.05)


async def test_a_cancellation_from_below_does_not_end_what_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(site_module, "AGAIN_S", 0.01)
    begun = 0

    async def work() -> None:
        nonlocal begun
        begun += 1
        inner = asyncio.ensure_future(asyncio.sleep(60))
        asyncio.get_running_loop().call_soon(inner.cancel)
        await inner

    task = asyncio.create_task(kept("work", work))
    async with asyncio.timeout(30):
        while begun < 3:
            await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def _raises(*_: Sequence[Entry]) -> Any:
    raise RuntimeError("a mistake")


def _ending(pos: int, person: int, session: int) -> Entry:
    event: Event = SessionRevoked(session=SessionId(session), person=PersonId(person))
    return entry_of(Recorded(pos, Id(pos), 1, PersonId(person), None, event), to_json(event))
