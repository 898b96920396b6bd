"""Live delivery without a network: who gets which bytes, and in how many writes."""

import asyncio
from typing import Any

import pytest
from uvicorn.server import ServerState

from bilin.core.log import Entry
from bilin.gateway import frames
from bilin.gateway.audience import Audience
from bilin.gateway.connection import SocketConnection
from bilin.gateway.ended_sessions import EndedSessions
from bilin.gateway.fanout import PACE_S, Fanout
from bilin.gateway.recent import Recent

ROOM, OTHER_ROOM = 101, 102


class Wire(asyncio.Transport):
    """Keeps what is written."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []

    def write(self, data: Any) -> None:
        self.writes.append(data)

    def get_write_buffer_size(self) -> int:
        return 0


class Stage:
    """A fan-out with live connections of people 1, 2, 3, …"""

    def __init__(self, rooms: dict[int, set[int]]) -> None:
        self.audience = Audience()
        self.recent = Recent(0, 100, 1 << 20)
        self.fanout = Fanout(self.audience, self.recent, EndedSessions())
        self.wires = {person: self._connect(person, topics) for person, topics in rooms.items()}
        self._pos = 0

    def _connect(self, person: int, topics: set[int]) -> Wire:
        connection = SocketConnection(None, ServerState(), {})  # type: ignore[arg-type]
        type(connection).hub = self.fanout  # type: ignore[assignment]
        wire = Wire()
        connection.connection_made(wire)
        connection.listener = self.audience.enter(connection, person)
        self.audience.settle(connection.listener, topics, 0)
        connection.is_live = True
        return wire

    def deliver(self, *topics: tuple[int, ...]) -> list[bytes]:
        """One batch of entries with these audiences; their frames on the wire."""
        entries = []
        for audience in topics:
            self._pos += 1
            payload = b'{"pos":%d}' % self._pos
            entries.append(Entry(self._pos, self._pos, 1, "x.y", None, audience, (), (), 0, payload))
        self.fanout.deliver(entries)
        return [frames.text(entry.frame) for entry in entries]


@pytest.fixture(autouse=True)
def own_class(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections of a stage have its fan-out for a hub."""
    monkeypatch.setattr(SocketConnection, "hub", None, raising=False)


async def test_a_room_shares_the_same_bytes() -> None:
    stage = Stage({1: {ROOM}, 2: {ROOM}, 3: {OTHER_ROOM}})
    sent = stage.deliver((ROOM,), (ROOM,), (ROOM,))
    await asyncio.sleep(0)
    await asyncio.sleep(PACE_S)
    assert stage.wires[1].writes == [b"".join(sent)]
    assert stage.wires[1].writes[0] is stage.wires[2].writes[0]
    assert stage.wires[3].writes == []


async def test_everybody_gets_an_entry_of_several_topics_once() -> None:
    stage = Stage({1: {ROOM, OTHER_ROOM}, 2: {OTHER_ROOM}, 3: set(), 4: set()})
    sent = stage.deliver((ROOM, OTHER_ROOM, 1, 3), (0,), (0, ROOM), ())
    await asyncio.sleep(2 * PACE_S)
    assert stage.wires[1].writes == stage.wires[2].writes == stage.wires[3].writes == [b"".join(sent[:3])]
    assert stage.wires[4].writes == [b"".join(sent[1:3])]


async def test_the_first_leaves_at_once_and_what_follows_closely_leaves_together() -> None:
    stage = Stage({1: {ROOM}})
    loop = asyncio.get_running_loop()
    began = loop.time()
    first = stage.deliver((ROOM,))
    await asyncio.sleep(0)
    await asyncio.sleep(0.001)
    assert stage.wires[1].writes == first
    following = stage.deliver((ROOM,)) + stage.deliver((ROOM,))
    await asyncio.sleep(0)
    if loop.time() - began < PACE_S:
        assert stage.wires[1].writes == first
    await asyncio.sleep(2 * PACE_S)
    assert stage.wires[1].writes == [*first, b"".join(following)]


async def test_the_order_of_different_audiences_is_kept_for_each() -> None:
    stage = Stage({1: {ROOM, OTHER_ROOM}, 2: {OTHER_ROOM}})
    sent = stage.deliver((ROOM,), (OTHER_ROOM,), (ROOM,), (OTHER_ROOM,), (2,))
    await asyncio.sleep(2 * PACE_S)
    assert b"".join(stage.wires[1].writes) == b"".join(sent[:4])
    assert b"".join(stage.wires[2].writes) == sent[1] + sent[3] + sent[4]


def test_the_latest_are_kept_within_their_bounds() -> None:
    recent = Recent(0, 100, 1 << 20)
    for pos in range(1, 1001):
        recent.add(Entry(pos, pos, 1, "x.y", None, (ROOM,), (), (), 0, b"x" * 50))
        assert len(recent._items) <= 100
        assert [item.pos for item in recent.since(recent.after, 1 << 30)] == list(range(recent.after + 1, pos + 1))
    assert recent.since(990, 100)[0].pos == 991
    assert len(recent.since(990, 100)) == 2
    by_size = Recent(0, 1_000_000, 100_000)
    for pos in range(1, 1001):
        by_size.add(Entry(pos, pos, 1, "x.y", None, (ROOM,), (), (), 0, b"x" * 800))
    assert by_size._size_bytes <= 100_000
    assert by_size._size_bytes == sum(item.weight for item in by_size._items)
