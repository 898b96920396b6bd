"""Resuming in a log that may be another one than before: restarted, or restored from a backup."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection

from bilin.core.database import Pool
from bilin.core.log.store import read_runs
from bilin.core.settings import Settings
from bilin.gateway import handshake, positions
from tests.core.log.facts import NoteAdded
from tests.core.log.test_writer_failures import KILL
from tests.gateway.server import (
    Gateway,
    Memberships,
    authenticate,
    hear,
    new_ids,
    run_told,
    running_gateway,
    say,
    start,
)

ANN, ROOM = new_ids(2)
RESYNC = {"t": "resync", "reason": "unknown_position"}

Life = Callable[[], AbstractAsyncContextManager[Gateway]]


def note(text: str) -> NoteAdded:
    return NoteAdded(room=ROOM, text=text)


def texts(frames: list[dict[str, Any]]) -> list[str]:
    return [frame["data"]["text"] for frame in frames]


@pytest.fixture
def life(settings: Settings, memberships: Memberships, monkeypatch: pytest.MonkeyPatch) -> Life:
    """One life of the server after another, on one database. Ann may see the room."""
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    memberships.topics[ANN] = {ROOM}

    @asynccontextmanager
    async def begin() -> AsyncIterator[Gateway]:
        async with running_gateway(settings, memberships) as gateway:
            async with asyncio.timeout(30):
                while not gateway.site.log.is_writing:
                    await asyncio.sleep(0.01)
            yield gateway

    return begin


async def put_back(pool: Pool, pos: int, runs: int) -> None:
    """What is left of the log once a backup is restored that was made at a position, after so many runs."""
    await pool.execute("DELETE FROM note WHERE id IN (SELECT id FROM core.log WHERE pos > $1)", pos)
    await pool.execute("DELETE FROM core.log WHERE pos > $1", pos)
    await pool.execute("DELETE FROM core.run WHERE number > $1", runs)


async def answer(gateway: Gateway, **begin: Any) -> dict[str, Any]:
    """What the server says first to somebody who starts so."""
    async with gateway.connect(ANN) as ann:
        await say(ann, t="start", **begin)
        return await hear(ann)


async def test_a_restarted_log_is_the_same_log(life: Life) -> None:
    async with life() as first, first.connect(ANN) as ann:
        await start(ann, 0)
        await first.append(*(note(f"n{number}") for number in range(1, 6)))
        assert texts([await hear(ann) for _ in range(5)]) == ["n1", "n2", "n3", "n4", "n5"]
        before = run_told(ann)
        assert before == first.run
    async with life() as second:
        async with second.connect(ANN) as ann:
            assert texts(await start(ann, 3, before)) == ["n4", "n5"]
        await second.append(note("n6"))
        assert second.run != before
        async with second.connect(ANN) as ann:
            assert texts(await start(ann, 3, before)) == ["n4", "n5", "n6"]
            after = run_told(ann)
            assert after == second.run
    async with life() as third, third.connect(ANN) as ann:
        assert texts(await start(ann, 5, after)) == ["n6"]
        assert texts(await start(ann, 5, before)) == ["n6"]


async def test_a_restored_log_gives_nothing_after_positions_that_it_lost(life: Life, database: Pool) -> None:
    async with life() as first:
        await first.append(*(note(f"n{number}") for number in range(1, 6)))
        lost = first.run
    await put_back(database, 3, runs=1)
    async with life() as second:
        assert await answer(second, run=lost, pos=5) == RESYNC  # the log ends before it
        await second.append(*(note(f"other {number}") for number in range(4, 8)))
        for pos in (4, 5):
            assert await answer(second, run=lost, pos=pos) == RESYNC  # the log gave it to something else
        async with second.connect(ANN) as ann:
            assert texts(await start(ann, 3, lost)) == ["other 4", "other 5", "other 6", "other 7"]
            assert run_told(ann) == second.run
        found = second.run
    await put_back(database, 2, runs=1)
    async with life() as third:
        await third.append(*(note(f"third {number}") for number in range(3, 8)))
        assert await answer(third, run=found, pos=6) == RESYNC  # a run that the log has not
        assert await answer(third, run=lost, pos=3) == RESYNC
        async with third.connect(ANN) as ann:
            await say(ann, t="start", run=found, pos=6)
            assert await hear(ann) == RESYNC
            assert texts(await start(ann, 6, third.run)) == ["third 7"]  # after it fetched, on the same socket


async def test_a_position_without_a_run_is_of_no_log(life: Life) -> None:
    async with life() as gateway:
        await gateway.append(note("n1"), note("n2"))
        assert await answer(gateway, pos=1) == RESYNC
        assert (await answer(gateway, pos=0))["data"]["text"] == "n1"


async def next_frame(client: ClientConnection) -> dict[str, Any]:
    frame: dict[str, Any] = json.loads(await asyncio.wait_for(client.recv(), 30))
    return frame


async def test_the_run_is_told_before_what_it_gave(life: Life) -> None:
    async with life() as gateway:
        await gateway.append(note("n1"), note("n2"))
        before = gateway.run
        async with gateway.connect(ANN) as ann:
            await say(ann, t="start", pos=0)
            assert await next_frame(ann) == {"t": "pos", "pos": 0, "run": before}
            assert texts([await next_frame(ann) for _ in range(2)]) == ["n1", "n2"]
            assert (await next_frame(ann))["t"] == "ready"
            await gateway.site.pool.execute(KILL)
            async with asyncio.timeout(30):
                while str(gateway.site.log.run_id) == before or not gateway.site.log.is_writing:
                    await asyncio.sleep(0.01)
            await gateway.append(note("n3"))
            assert await next_frame(ann) == {"t": "pos", "pos": 2, "run": str(gateway.site.log.run_id)}
            assert texts([await next_frame(ann)]) == ["n3"]
            await gateway.append(note("n4"))
            assert texts([await next_frame(ann)]) == ["n4"]


async def test_the_run_is_told_to_who_resumes_though_nothing_is_theirs(life: Life, memberships: Memberships) -> None:
    memberships.topics[ANN] = set()
    async with life() as first:
        await first.append(note("n1"))
        before = first.run
    async with life() as second:
        await second.append(note("n2"))
        async with second.connect(ANN) as ann:
            await say(ann, t="start", run=before, pos=1)
            assert await next_frame(ann) == {"t": "pos", "pos": 1, "run": second.run}
            assert (await next_frame(ann))["pos"] == 2


async def test_when_all_come_back_at_once_the_runs_are_read_once(life: Life, monkeypatch: pytest.MonkeyPatch) -> None:
    async with life() as first:
        await first.append(note("n1"), note("n2"))
        before = first.run
    read = []

    async def counted(db: Any) -> list[tuple[int, int]]:
        read.append(db)
        return await read_runs(db)

    monkeypatch.setattr(positions, "read_runs", counted)
    async with life() as second:
        await second.append(note("n3"))
        assert await asyncio.gather(*(_resumed(second, before) for _ in range(20))) == [["n2", "n3"]] * 20
        assert len(read) == 1
        await second.append(note("n4"))
        assert await _resumed(second, before) == ["n2", "n3", "n4"]
        assert len(read) == 1


async def _resumed(gateway: Gateway, run: str) -> list[str]:
    async with gateway.connect(ANN) as ann:
        return texts(await start(ann, 1, run))
