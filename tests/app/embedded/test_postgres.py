"""The embedded PostgreSQL: closed to others, back after a crash, careful with data that are not its own."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from bilin.app.embedded import DatabaseInUse, DatabaseVersionMismatch, EmbeddedPostgres, EmbeddedServerFailed
from bilin.app.embedded.os_user import service_user
from bilin.app.embedded.socket_folder import LONGEST_PATH, SOCKET_NAME, make_private, socket_folder
from bilin.app.processes import Process


@pytest.fixture
def server(tmp_path: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(tmp_path / "postgres", tmp_path / "postgres.log", durable=False)


@pytest.fixture
async def running(server: EmbeddedPostgres) -> AsyncIterator[Process]:
    process = await server.start()
    yield process
    await process.stop(server.stop_signal, 30)
    server.tidy()


async def _ask(url: str, question: str) -> object:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_the_program_is_not_a_superuser(server: EmbeddedPostgres, running: Process) -> None:
    assert await _ask(server.url, "SELECT current_user") == "bilin"
    assert await _ask(server.url, "SELECT rolsuper FROM pg_roles WHERE rolname = current_user") is False


async def test_a_password_is_needed(server: EmbeddedPostgres, running: Process) -> None:
    wrong = server.url.replace(":", ":x", 2).replace("x//", "//")
    with pytest.raises(asyncpg.InvalidPasswordError):
        await asyncpg.connect(wrong)


async def test_the_network_is_closed_and_the_socket_private(server: EmbeddedPostgres, running: Process) -> None:
    assert await _ask(server.superuser_url, "SHOW listen_addresses") == ""
    folder = Path(str(await _ask(server.superuser_url, "SHOW unix_socket_directories")))
    clients = service_user()
    assert folder.stat().st_mode & 0o777 == (0o710 if clients else 0o700)
    assert clients is None or folder.stat().st_gid == clients.gid


async def test_text_sorts_the_same_on_every_machine(server: EmbeddedPostgres, running: Process) -> None:
    locale = "SELECT datlocprovider::text || datlocale FROM pg_database WHERE datname = 'bilin'"
    assert await _ask(server.url, locale) == "bC.UTF-8"


async def test_a_real_site_is_durable(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", tmp_path / "postgres.log")
    process = await server.start()
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert await _ask(server.url, f"SHOW {setting}") == "on", setting
    finally:
        await process.stop(server.stop_signal, 30)
        server.tidy()


async def test_it_recovers_from_kill_9_with_everything_committed(tmp_path: Path) -> None:
    server = EmbeddedPostgres(tmp_path / "postgres", tmp_path / "postgres.log")
    process = await server.start()
    await _ask(server.url, "CREATE TABLE kept AS SELECT 1 AS n")
    process.send(signal.SIGKILL)
    assert await process.wait() == -signal.SIGKILL
    again = await _start_until_it_works(server)
    try:
        assert await _ask(server.url, "SELECT n FROM kept") == 1
    finally:
        await again.stop(server.stop_signal, 30)
        server.tidy()


async def _start_until_it_works(server: EmbeddedPostgres) -> Process:
    """Backends of a killed server may need a moment to notice; the supervisor tries again, and so do we."""
    for _ in range(20):
        try:
            return await server.start()
        except EmbeddedServerFailed:
            await asyncio.sleep(0.2)
    return await server.start()


async def test_lost_password_files_are_made_anew(server: EmbeddedPostgres, tmp_path: Path) -> None:
    process = await server.start()
    await _ask(server.url, "CREATE TABLE kept AS SELECT 1 AS n")
    await process.stop(server.stop_signal, 30)
    for name in ("password", "superuser.password"):
        (tmp_path / "postgres" / name).unlink()
    again = EmbeddedPostgres(tmp_path / "postgres", tmp_path / "postgres.log", durable=False)
    process = await again.start()
    try:
        assert again.url != server.url
        assert await _ask(again.url, "SELECT n FROM kept") == 1
    finally:
        await process.stop(again.stop_signal, 30)
        again.tidy()


async def test_data_of_another_major_version_are_refused(server: EmbeddedPostgres, tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir()
    (data / "PG_VERSION").write_text("16\n")
    with pytest.raises(DatabaseVersionMismatch, match="written by PostgreSQL 16"):
        await server.start()


async def test_a_folder_that_is_no_database_is_left_alone(server: EmbeddedPostgres, tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir()
    (data / "letter.txt").write_text("mine")
    with pytest.raises(EmbeddedServerFailed, match="PG_VERSION is missing"):
        await server.start()
    assert (data / "letter.txt").read_text() == "mine"


async def test_a_second_server_on_the_data_is_refused(server: EmbeddedPostgres, running: Process) -> None:
    with pytest.raises(DatabaseInUse, match=str(running.pid)):
        await server.start()
    assert await _ask(server.url, "SELECT 1") == 1


async def test_a_stale_process_number_that_lives_again_does_not_stop_the_start(
    server: EmbeddedPostgres, tmp_path: Path
) -> None:
    process = await server.start()
    file = tmp_path / "postgres" / "data" / "postmaster.pid"
    content = file.read_text()
    process.send(signal.SIGKILL)
    await process.wait()
    await asyncio.sleep(0.5)
    file.write_text(content.replace(str(process.pid), str(os.getpid()), 1))
    again = await _start_until_it_works(server)
    await again.stop(server.stop_signal, 30)
    server.tidy()


async def test_a_first_start_that_was_interrupted_is_begun_anew(server: EmbeddedPostgres, tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "data.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")
    process = await server.start()
    await process.stop(server.stop_signal, 30)
    server.tidy()
    assert not half.exists()


async def test_what_it_said_before_it_failed_is_told(tmp_path: Path, server: EmbeddedPostgres) -> None:
    process = await server.start()
    await process.stop(server.stop_signal, 30)
    (tmp_path / "postgres" / "data" / "postgresql.conf").write_text("no_such_setting = 1\n")
    with pytest.raises(EmbeddedServerFailed, match="no_such_setting"):
        await server.start()
    server.tidy()


def test_the_socket_has_a_short_path_for_any_folder(tmp_path: Path) -> None:
    data = tmp_path / ("x" * 90) / ("y" * 90)
    folder = socket_folder(data)
    assert len(f"{folder}{SOCKET_NAME}") <= LONGEST_PATH
    assert socket_folder(data) == folder
    assert socket_folder(data / "z") != folder


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root to be somebody else")
def test_a_socket_folder_made_by_a_stranger_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    make_private(folder, None)
    make_private(folder, None)
    os.chown(folder, 12345, 12345)
    with pytest.raises(EmbeddedServerFailed, match="is not ours"):
        make_private(folder, None)
