"""A command reaches the site whether it runs or not."""

import asyncio
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import pytest
from rich.console import Console

from bilin.app import joining
from bilin.app.joining import joined
from bilin.app.supervisor import Progress
from bilin.app.supervisor.errors import FolderInUse
from bilin.app.supervisor.folder import FolderLock, RunningSite
from bilin.core.settings import DatabaseSettings, NatsSettings, Settings, load_settings


@pytest.fixture
def progress() -> Progress:
    return Progress(Console(quiet=True))


def _settings(data: Path, **more: str) -> Settings:
    return load_settings({"BILIN_DATA_DIR": str(data), **more})


async def test_a_site_that_is_down_gets_its_servers_for_the_time_of_the_command(
    tmp_path: Path, progress: Progress
) -> None:
    settings = _settings(tmp_path / "site")
    async with joined(settings, progress, bus=False) as reached:
        url = reached[DatabaseSettings].url
        connection = await asyncpg.connect(url)
        await connection.close()
        with pytest.raises(FolderInUse):
            await FolderLock(tmp_path / "site").acquire(lambda: None)
    with pytest.raises(OSError, match="No such file"):
        await asyncpg.connect(url)


async def test_a_site_that_runs_is_joined(tmp_path: Path, progress: Progress) -> None:
    lock = FolderLock(tmp_path)
    await lock.acquire(lambda: None)
    lock.tell(RunningSite(pid=1, database_url="postgresql://localhost/running", nats_url="nats://localhost"))
    async with joined(_settings(tmp_path), progress) as reached:
        assert reached[DatabaseSettings].url == "postgresql://localhost/running"
        assert reached[NatsSettings].url == "nats://localhost"
    holder = lock.holder()
    assert holder is not None
    assert holder.pid == 1  # the command left the lock file alone
    lock.release()


async def test_a_database_whose_supervisor_was_killed_is_not_joined_but_awaited(
    tmp_path: Path, progress: Progress, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It holds the folder while it shuts down, and the last holder's address still stands there."""
    ended = subprocess.Popen(["true"])
    ended.wait()
    database = FolderLock(tmp_path)
    assert database.try_acquire()
    database.tell(RunningSite(pid=ended.pid, database_url="postgresql://localhost/gone"))

    @asynccontextmanager
    async def own_servers(*_: object, **__: object) -> AsyncIterator[tuple[str, str]]:
        yield "postgresql://localhost/own", ""

    monkeypatch.setattr(joining, "_own_servers", own_servers)
    asyncio.get_running_loop().call_later(0.2, database.close)
    async with joined(_settings(tmp_path), progress, bus=False) as reached:
        assert reached[DatabaseSettings].url == "postgresql://localhost/own"


async def test_servers_of_the_company_are_used_as_they_are(tmp_path: Path, progress: Progress) -> None:
    own = {"BILIN_DATABASE_URL": "postgresql://localhost/bilin", "BILIN_NATS_URL": "nats://localhost"}
    settings = _settings(tmp_path, **own)
    async with joined(settings, progress) as reached:
        assert reached is settings


async def test_the_lock_is_free_after_its_holder(tmp_path: Path) -> None:
    first, second = FolderLock(tmp_path), FolderLock(tmp_path)
    await first.acquire(lambda: None)
    assert not second.try_acquire()
    with pytest.raises(FolderInUse, match="runs on"):
        await second.acquire(lambda: None)
    first.release()
    await second.acquire(lambda: None)
    second.release()
