"""The bus or the database goes away while people talk: clients, connected or reconnecting, get everything in order."""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bilin.app.embedded import EmbeddedNats
from bilin.core import database
from bilin.core.errors import Unavailable
from bilin.core.ids import PersonId
from bilin.core.log import Decision
from bilin.core.settings import Settings, load_settings
from bilin.gateway import handshake
from tests.core.log.facts import NoteAdded
from tests.gateway.server import (
    Gateway,
    Memberships,
    authenticate,
    hear,
    new_ids,
    run_told,
    running_gateway,
    start,
)

ANN, BEN, ROOM = new_ids(3)

Trouble = Callable[[], Awaitable[None]]


class Talk:
    """One person writes all the while, two clients of another follow: one stays, one reconnects now and then."""

    def __init__(self, gateway: Gateway) -> None:
        self.gateway = gateway
        self.is_over = False
        self.goal: int | None = None

    async def write(self) -> None:
        """Until it is over; the position of the last note is the goal."""
        number = 0
        while self.goal is None:
            note = Decision([NoteAdded(room=ROOM, text=f"n{number}")])
            try:
                receipt = await self.gateway.site.log.append(note, PersonId(BEN), f"key-{number}")
            except Unavailable:
                await asyncio.sleep(0.05)
                continue
            number += 1
            self.goal = receipt.pos if self.is_over else None
            await asyncio.sleep(0.005)

    async def follow(self, frames: int) -> list[int]:
        """The positions heard, reconnecting after so many frames."""
        heard, run = [0], "0"
        while heard[-1] != self.goal:
            async with self.gateway.connect(ANN) as client:
                heard.extend(frame["pos"] for frame in await start(client, heard[-1], run))
                for _ in range(frames):
                    if heard[-1] == self.goal:
                        break
                    frame = await hear(client, 15)
                    if frame["t"] == "event":
                        heard.append(frame["pos"])
                run = run_told(client, run)
        return heard


async def talk(gateway: Gateway, trouble: Trouble, rounds: int) -> None:
    """Talk with trouble now and then; in the end everybody has heard every note once, in order."""
    talk = Talk(gateway)
    writing = asyncio.create_task(talk.write())
    following = [asyncio.create_task(talk.follow(frames)) for frames in (1_000_000, 40)]
    for _ in range(rounds):
        await asyncio.sleep(0.8)
        await trouble()
    await asyncio.sleep(0.8)
    talk.is_over = True
    await writing
    async with asyncio.timeout(20):
        for heard in await asyncio.gather(*following):
            assert heard == list(range((talk.goal or 0) + 1))


async def test_the_database_drops_all_connections(
    settings: Settings, memberships: Memberships, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    memberships.topics[ANN] = {ROOM}

    async def drop_all() -> None:
        db = await database.connect(database_url)
        await db.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        await db.close()

    async with running_gateway(settings, memberships) as gateway:
        gateway.hub._recent._max_entries = 50  # resuming has to ask the database too
        await talk(gateway, drop_all, rounds=3)


async def test_the_bus_dies_and_comes_back(
    database_url: str, memberships: Memberships, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(handshake, "authenticate_headers", authenticate)
    memberships.topics[ANN] = {ROOM}
    nats = EmbeddedNats(tmp_path / "nats", tmp_path / "nats.log")
    process = await nats.start()
    settings = load_settings(
        {
            "BILIN_DATA_DIR": str(tmp_path / "site"),
            "BILIN_DATABASE_URL": database_url,
            "BILIN_NATS_URL": nats.url,
        }
    )

    async def kill() -> None:
        nonlocal process
        await process.stop(signal.SIGKILL, 2)
        await asyncio.sleep(0.7)
        process = await nats.start()

    try:
        async with running_gateway(settings, memberships) as gateway:
            await talk(gateway, kill, rounds=2)
    finally:
        await process.stop(nats.stop_signal, nats.stop_within_s)
