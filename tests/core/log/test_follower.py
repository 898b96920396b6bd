"""Durable followers: every row has its effect once, over failures, crashes and second workers."""

import asyncio
import random
from collections.abc import Sequence
from typing import ClassVar

import pytest

from bilin.core.crypto import BodyDamaged, Keyring
from bilin.core.database import Connection, Pool
from bilin.core.errors import Unavailable
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, Follower, LogWriter
from bilin.core.log import follower as follower_module
from bilin.core.log.follower import FollowerRunner
from bilin.core.log.store import Row
from tests.core.log.facts import NoteAdded

ROOM = Id(1 << 40)


class Copying(Follower):
    """Copies positions into a table; fails when it is told to, after it has written."""

    name: ClassVar[str] = "copying"

    def __init__(self) -> None:
        self.chance = random.Random(3)  # noqa: S311 (repeatable)
        self.fails = 0.0
        self.cause: type[Exception] = RuntimeError

    async def follow(self, db: Connection, rows: Sequence[Row]) -> None:
        for row in rows:
            await db.execute("INSERT INTO copied (pos) VALUES ($1)", row.record.pos)
            if self.chance.random() < self.fails:
                raise self.cause("in the middle")


async def copied(pool: Pool) -> list[int]:
    return [row["pos"] for row in await pool.fetch("SELECT pos FROM copied ORDER BY number")]


@pytest.fixture
async def copies(notes: Pool) -> Pool:
    await notes.execute("CREATE TABLE copied (number bigserial, pos bigint)")
    return notes


async def write(log: LogWriter, first: int, count: int) -> None:
    notes = [Decision([NoteAdded(room=ROOM, text=f"n{number}")]) for number in range(first, first + count)]
    await asyncio.gather(*(log.append(note, PersonId(1)) for note in notes))


@pytest.mark.parametrize("cause", [RuntimeError, TimeoutError, OSError])
async def test_exactly_once_over_failures(
    log: LogWriter, copies: Pool, keys: Keyring, monkeypatch: pytest.MonkeyPatch, cause: type[Exception]
) -> None:
    monkeypatch.setattr(follower_module, "RETRY_S", 0.0)
    monkeypatch.setattr(follower_module, "LIMIT", 7)
    follower = Copying()
    follower.fails, follower.cause = 0.1, cause
    runner = FollowerRunner(follower, copies, keys)
    task = asyncio.create_task(runner.run())
    for round_ in range(10):
        await write(log, round_ * 10, 10)
        runner.stir()
    async with asyncio.timeout(20):
        while len(await copied(copies)) < 100:
            await asyncio.sleep(0.05)
    task.cancel()
    assert await copied(copies) == list(range(1, 101))


async def test_exactly_once_over_crashes_and_with_a_second_worker(
    log: LogWriter, copies: Pool, keys: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Runners are cancelled in the middle and their connections are killed; two of them run at any time."""
    monkeypatch.setattr(follower_module, "LIMIT", 5)
    monkeypatch.setattr(follower_module, "RETRY_S", 0.02)
    monkeypatch.setattr(follower_module, "LOOK_S", 0.05)
    tasks = [asyncio.create_task(FollowerRunner(Copying(), copies, keys).run()) for _ in range(2)]
    chance = random.Random(1)  # noqa: S311 (repeatable)
    for round_ in range(25):
        await write(log, round_ * 20, 20)
        tasks.append(asyncio.create_task(FollowerRunner(Copying(), copies, keys).run()))
        tasks.pop(0).cancel()
        if chance.random() < 0.4:
            await copies.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%copied%' "
                "AND pid <> pg_backend_pid()"
            )
        await asyncio.sleep(chance.random() * 0.02)
    async with asyncio.timeout(30):
        while True:
            try:
                if len(await copied(copies)) >= 500:
                    break
            except Exception:  # noqa: S110 (a killed connection of the pool may be ours)
                pass
            await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    assert await copied(copies) == list(range(1, 501))


async def test_it_stops_before_a_damaged_body(log: LogWriter, copies: Pool, keys: Keyring) -> None:
    await write(log, 0, 3)
    await copies.execute("UPDATE core.log SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE pos = 2")
    runner = FollowerRunner(Copying(), copies, keys)
    with pytest.raises(BodyDamaged):
        await runner.step()
    assert await copied(copies) == []


async def test_it_goes_on_where_it_was(log: LogWriter, copies: Pool, keys: Keyring) -> None:
    await write(log, 0, 3)
    assert await FollowerRunner(Copying(), copies, keys).step() == 3
    await write(log, 10, 2)
    assert await FollowerRunner(Copying(), copies, keys).step() == 2
    assert await FollowerRunner(Copying(), copies, keys).step() == 0
    assert await copied(copies) == [1, 2, 3, 4, 5]


async def test_a_mistake_of_the_follower_is_not_taken_for_a_lost_database(
    log: LogWriter, copies: Pool, keys: Keyring
) -> None:
    follower = Copying()
    follower.fails, follower.cause = 1.0, FileNotFoundError
    await write(log, 0, 1)
    with pytest.raises(FileNotFoundError):
        await FollowerRunner(follower, copies, keys).step()
    follower.cause = ConnectionResetError
    with pytest.raises(Unavailable):
        await FollowerRunner(follower, copies, keys).step()


class Patient(Copying):
    name: ClassVar[str] = "patient"
    busy_pace: ClassVar[float | None] = 50


@pytest.mark.parametrize("grows", [True, False])
async def test_what_can_wait_keeps_to_its_pace_while_the_log_grows(
    log: LogWriter, copies: Pool, keys: Keyring, monkeypatch: pytest.MonkeyPatch, *, grows: bool
) -> None:
    slept: list[float] = []
    pause = asyncio.sleep

    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await pause(0)

    await write(log, 0, 12)
    monkeypatch.setattr(follower_module, "LIMIT", 5)
    monkeypatch.setattr(asyncio, "sleep", sleep)
    runner = FollowerRunner(Patient(), copies, keys)
    if grows:
        runner.stir()
    following = asyncio.create_task(runner.run())
    while len(await copied(copies)) < 12:
        await pause(0.01)
    following.cancel()
    assert slept.count(5 / 50) == (2 if grows else 0)
