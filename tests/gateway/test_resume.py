"""Resuming by position: nothing lost, nothing twice, nothing out of order, and nothing that is not theirs."""

import asyncio
import random
import socket
from collections.abc import Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from bilin import __version__
from bilin.core.database import snapshot
from bilin.core.events import Event
from bilin.core.ids import PersonId
from bilin.core.log import Decision, store
from bilin.core.settings import Settings
from bilin.gateway import handshake, replay
from bilin.gateway import hub as hub_module
from tests.core.log.conftest import until
from tests.core.log.facts import Joined, NoteAdded, TitleSet
from tests.gateway.server import (
    Gateway,
    Memberships,
    authenticate,
    hear,
    hear_until_ready,
    is_silent,
    new_ids,
    running_gateway,
    say,
    start,
)

ANN, BEN, ROOM, OTHER_ROOM = new_ids(4)


def note(text: str, room: int = ROOM) -> NoteAdded:
    return NoteAdded(room=type(ROOM)(room), text=text)


def joined(present: bool, person: int = ANN) -> Joined:
    return Joined(room=ROOM, person=PersonId(person), present=present)


def texts(frames: list[dict[str, Any]]) -> list[str]:
    """What the events say: the text of a note, or whether somebody is in."""
    short = {"logtest.note_added": "text", "logtest.joined": "present", "logtest.title_set": "title"}
    return [str(frame["data"][short[frame["type"]]]) for frame in frames]


def read_slowly(monkeypatch: pytest.MonkeyPatch, delay_s: Callable[[], float], page: int = 20) -> list[int]:
    """Every page from the database takes a while; returns the positions after which pages were read."""
    asked: list[int] = []
    original = store.read_for

    async def slow(db: Any, keys: Any, topics: Any, after: int, through: int) -> Any:
        asked.append(after)
        entries = await original(db, keys, topics, after, through)
        await asyncio.sleep(delay_s())
        return entries

    monkeypatch.setattr(replay, "read_for", slow)
    monkeypatch.setattr(replay, "PAGE", page)
    return asked


async def test_what_was_missed_comes_from_memory_then_what_comes(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = {ROOM}
    await running.append(*(note(f"n{number}") for number in range(30)), note("other", OTHER_ROOM))
    async with running.connect(ANN) as ann:
        missed = await start(ann, 10, running.run)
        assert [frame["pos"] for frame in missed] == list(range(11, 31))
        await running.append(note("live"))
        assert (await hear(ann))["data"]["text"] == "live"


async def test_ready_tells_position_and_version(running: Gateway) -> None:
    receipt = await running.append(note("n"))
    async with running.connect(ANN) as ann:
        await say(ann, t="start", pos=0)
        assert await hear(ann) == {"t": "ready", "pos": receipt.pos, "version": __version__}


@pytest.mark.parametrize("preload", [0, 5_000])
async def test_after_a_restart_it_comes_from_the_log(
    settings: Settings, memberships: Memberships, monkeypatch: pytest.MonkeyPatch, preload: int
) -> None:
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    monkeypatch.setattr(hub_module, "PRELOAD", preload)
    memberships.topics[ANN] = {ROOM}
    async with running_gateway(settings, memberships) as first:
        await first.append(*(note(f"n{number}", random.choice((ROOM, OTHER_ROOM))) for number in range(1200)))  # noqa: S311
        stored = await first.site.pool.fetch("SELECT pos, room FROM core.log JOIN note USING (id) ORDER BY pos")
    asked = read_slowly(monkeypatch, lambda: 0.0, 500)
    async with running_gateway(settings, memberships) as second, second.connect(ANN) as ann:
        missed = await start(ann, 100, second.run)
        assert [frame["pos"] for frame in missed] == [row["pos"] for row in stored[100:] if row["room"] == ROOM]
    assert asked == ([100, 600, 1100] if preload == 0 else [])


async def test_the_hand_over_is_exact_under_load_with_a_slow_database(
    settings: Settings, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Clients come and go at random positions while 300 events a second are written; little is kept in memory."""
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    monkeypatch.setattr(hub_module, "PRELOAD", 0)
    memberships.topics[ANN] = memberships.topics[BEN] = {ROOM}
    chance = random.Random(5)  # noqa: S311 (repeatable)
    asked = read_slowly(monkeypatch, lambda: chance.random() * 0.03)
    async with running_gateway(settings, memberships) as one:
        one.hub._recent._max_entries = 40
        has_followed = has_written = False

        async def write() -> None:
            number = 0
            while not has_written:
                await asyncio.gather(*(one.append(note(f"{number + i}")) for i in range(chance.randrange(1, 7))))
                number += 10
                await asyncio.sleep(chance.random() * 0.02)

        async def follow(person: int) -> list[int]:
            heard = [0]
            while not has_followed:
                async with one.connect(person) as client:
                    await say(client, t="start", run=one.run, pos=heard[-1])
                    for _ in range(chance.randrange(1, 120)):
                        frame = await hear(client)
                        if frame["t"] == "event":
                            heard.append(frame["pos"])
                await asyncio.sleep(chance.random() * 0.3)
            return heard

        writing = asyncio.create_task(write())
        following = [asyncio.create_task(follow(person)) for person in (ANN, BEN, ANN, BEN, ANN)]
        await asyncio.sleep(4)
        has_followed = True
        histories = await asyncio.gather(*following)
        has_written = True
        await writing
        for heard in histories:
            async with one.connect(ANN) as client:
                heard.extend(frame["pos"] for frame in await start(client, heard[-1], one.run))
            assert heard == list(range(one.site.tail.pos + 1))
        assert one.site.tail.pos > 300
    assert len(asked) > 10


async def test_live_entries_wait_for_the_replay(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    memberships.topics[ANN] = {ROOM}
    await running.append(*(note(f"n{number}") for number in range(60)))
    running.hub._recent.after = 60  # as if nothing of it were in memory
    running.hub._recent._items.clear()
    read_slowly(monkeypatch, lambda: 0.1)
    async with running.connect(ANN) as ann:
        await say(ann, t="start", pos=0)
        for number in range(60, 70):
            await running.append(note(f"n{number}"))
        heard = (await hear_until_ready(ann))[:-1]
        assert [frame["pos"] for frame in heard] == list(range(1, 71))


async def test_too_far_behind_is_told_and_starts_again_on_the_same_socket(
    running: Gateway, memberships: Memberships
) -> None:
    memberships.topics[ANN] = {ROOM}
    running.hub._replay._max_events = 20
    await running.append(*(note(f"n{number}") for number in range(30)))
    async with running.connect(ANN) as ann:
        await say(ann, t="start", run=running.run, pos=9)
        assert await hear(ann) == {"t": "resync", "reason": "too_far"}
        await running.append(note("n30"))
        assert await is_silent(ann)
        assert [frame["pos"] for frame in await start(ann, 11, running.run)] == list(range(12, 32))


async def test_a_position_that_never_was_is_told(running: Gateway) -> None:
    await running.append(note("n"))
    async with running.connect(ANN) as ann:
        await say(ann, t="start", run=running.run, pos=99)
        assert await hear(ann) == {"t": "resync", "reason": "unknown_position"}


async def test_a_position_that_the_tail_is_about_to_reach_is_waited_for(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The client fetched over HTTP what the stream has not brought here yet."""
    memberships.topics[ANN] = {ROOM}
    monkeypatch.setattr(running.site.tail, "_take_early", lambda: None)  # it finds them in the log, after a second
    await running.site.log.append(Decision([note("n1"), note("n2"), note("n3")]), None)
    assert running.site.tail.pos == 0
    async with running.connect(ANN) as ann:
        assert [frame["pos"] for frame in await start(ann, 2, str(running.site.log.run_id))] in ([3], [])
        assert running.site.tail.pos == 3


async def test_start_again_on_a_live_connection_begins_again(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = {ROOM}
    await running.append(note("n1"), note("n2"))
    async with running.connect(ANN) as ann:
        assert len(await start(ann, 0)) == 2
        assert len(await start(ann, 1, running.run)) == 1
        await running.append(note("n3"))
        assert (await hear(ann))["pos"] == 3
        assert await is_silent(ann)


async def test_somebody_who_joins_hears_from_then_on_and_who_leaves_hears_that_last(running: Gateway) -> None:
    async with running.connect(ANN) as ann, running.connect(ANN, 2) as ann_too:
        for client in (ann, ann_too):
            await start(client, 0)
        for event in (note("before"), joined(True), note("in"), joined(False), note("after"), joined(True), note("x")):
            await running.append(event)
        for client in (ann, ann_too):
            heard = [await hear(client) for _ in range(5)]
            assert texts(heard) == ["True", "in", "False", "True", "x"]
            assert await is_silent(client)


HISTORIES: dict[str, tuple[list[Event], bool, list[str]]] = {
    "removed": ([note("a"), joined(False), note("b")], False, ["False"]),
    "left and came back": (
        [note("a"), joined(False), note("b"), joined(True), note("c")],
        True,
        ["a", "False", "True", "c"],
    ),
    "came, went": ([note("a"), joined(True), note("b"), joined(False), note("c")], False, ["True", "False"]),
    "came": ([note("a"), joined(True), note("b")], True, ["a", "True", "b"]),
    "added twice": ([joined(True), note("a"), joined(True), note("b")], True, ["True", "a", "True", "b"]),
    "somebody else left": ([note("a"), joined(False, BEN), note("b")], True, ["a", "False", "b"]),
}


@pytest.mark.parametrize("name", HISTORIES)
@pytest.mark.parametrize("in_memory", [True, False])
async def test_the_rule_of_what_is_replayed(
    running: Gateway, memberships: Memberships, name: str, in_memory: bool
) -> None:
    history, is_member_now, expected = HISTORIES[name]
    for event in history:
        await running.append(event)
    memberships.topics[ANN] = {ROOM} if is_member_now else set()
    if not in_memory:
        running.hub._recent.after = running.site.tail.pos
        running.hub._recent._items.clear()
    async with running.connect(ANN) as ann:
        assert texts(await start(ann, 0)) == expected
        await running.append(note("live"))
        assert await is_silent(ann) is not is_member_now


async def test_somebody_removed_during_their_replay_hears_nothing_of_it_any_more(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    memberships.topics[ANN] = {ROOM}
    await running.append(*(note(f"n{number}") for number in range(60)))
    running.hub._recent.after = 60
    running.hub._recent._items.clear()
    read_slowly(monkeypatch, lambda: 0.15)
    async with running.connect(ANN) as ann:
        await say(ann, t="start", pos=0)
        heard = [await hear(ann) for _ in range(20)]  # the first page
        await running.append(joined(False))
        heard += (await hear_until_ready(ann))[:-1]
        assert texts(heard[:20]) == [f"n{number}" for number in range(20)]
        assert texts(heard[20:]) == ["False"]


async def test_memberships_that_change_while_they_are_looked_up(running: Gateway, memberships: Memberships) -> None:
    """The snapshot is of one moment, the tail goes on meanwhile."""
    memberships.topics[ANN] = {OTHER_ROOM}

    asked, answered = asyncio.Event(), asyncio.Event()

    async def slow(_: Any, __: Any) -> set[int]:
        asked.set()
        await answered.wait()
        return {OTHER_ROOM}

    running.site.topics._providers[:] = [slow]
    async with running.connect(ANN) as ann:
        await say(ann, t="start", pos=0)
        await asked.wait()
        await running.append(joined(True))
        await running.append(note("in"))
        answered.set()
        assert texts((await hear_until_ready(ann))[:-1]) == ["True", "in"]
        await running.append(note("live"))
        assert texts([await hear(ann)]) == ["live"]


async def test_a_slow_client_is_dropped_and_resumes(running: Gateway, memberships: Memberships) -> None:
    memberships.topics[ANN] = memberships.topics[BEN] = {ROOM}
    host, port = running.url.removeprefix("ws://").split("/")[0].split(":")
    raw = socket.socket()
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 65_536)
    raw.connect((host, int(port)))
    raw.sendall(
        f"GET /api/socket HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
        f"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
        f"Authorization: Bearer {ANN}.1\r\n\r\n".encode()
    )
    async with running.connect(BEN) as ben:
        await start(ben, 0)
        async with asyncio.timeout(5):
            while len(running.hub._audience.people) < 2:
                await asyncio.sleep(0.01)
        raw.sendall(bytes((0x81, 0x80 | 21)) + bytes(4) + b'{"t":"start","pos":0}')
        for number in range(60):
            await running.append(TitleSet(room=ROOM, title=f"{number}" + "x" * 200_000))
            assert (await hear(ben))["data"]["title"].startswith(f"{number}x")
        data = await asyncio.to_thread(_read_all, raw)
    assert data.endswith(bytes((0x88, 2)) + (4429).to_bytes(2, "big"))
    async with running.connect(ANN) as ann:
        assert len(await start(ann, 0)) == 60


def _read_all(raw: socket.socket) -> bytes:
    parts = []
    raw.settimeout(10)
    while part := raw.recv(1 << 20):
        parts.append(part)
        if part.endswith((4429).to_bytes(2, "big")):
            raw.sendall(bytes((0x88, 0x80)) + bytes(4))
    raw.close()
    return b"".join(parts)


async def test_what_many_follow_who_come_at_once_is_looked_up_together(
    running: Gateway, memberships: Memberships, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd, looks = new_ids(30), list[int]()
    for person in crowd:
        memberships.topics[person] = {ROOM}
    original, resuming = snapshot, running.hub._replay

    def counted(pool: Any) -> Any:
        looks.append(len(looks))
        return original(pool)

    monkeypatch.setattr(replay, "snapshot", counted)
    async with AsyncExitStack() as stack:
        for _ in range(replay.READERS):  # nobody has a turn until all wait for one
            await resuming._readers.acquire()
        clients = [await stack.enter_async_context(running.connect(person)) for person in crowd]
        for client in clients:
            await say(client, t="start", run="0", pos=0)
        await until(lambda: len(resuming._waiting) == len(crowd))
        for _ in range(replay.READERS):
            resuming._readers.release()
        for client in clients:
            await hear_until_ready(client)
        assert len(looks) == -(-len(crowd) // replay.TOGETHER)
        await running.append(note("to all"))
        assert {(await hear(client))["data"]["text"] for client in clients} == {"to all"}
    assert resuming._waiting == {}
