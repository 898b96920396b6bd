"""Starting and stopping the real thing: nothing is lost, nothing is left behind.

`a_site` is what people start, on an empty folder; `a_warm_site` is for what the way of starting has no part in.
`a_starting_site` is a warm one here, and what people start in `tests/slow/test_first_starts.py`.
"""

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import asyncpg
import pytest

from tests.support import warm
from tests.support.process_table import Seen, wait_until_gone
from tests.support.site_process import SiteProcess, site


@pytest.fixture
def a_site(tmp_path: Path) -> Iterator[SiteProcess]:
    with site(tmp_path / "site", as_installed=True) as process:
        yield process


@pytest.fixture(scope="module")
def a_running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SiteProcess]:
    """One that was started as people do, below a folder that nobody else may enter; who only looks at it shares it."""
    folder = tmp_path_factory.mktemp("closed")
    folder.chmod(0o700)
    with site(folder / "site", as_installed=True) as process:
        yield process.start()


@pytest.fixture
def a_warm_site(tmp_path: Path) -> Iterator[SiteProcess]:
    with site(tmp_path / "site") as process:
        yield process


@pytest.fixture
def a_starting_site(a_warm_site: SiteProcess) -> SiteProcess:
    return a_warm_site


def _named(processes: list[Seen], part: str) -> list[Seen]:
    return [each for each in processes if part in each.command]


async def _execute(url: str, statement: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        return await connection.fetch(statement)
    finally:
        await connection.close()


def _write_a_row(process: SiteProcess) -> None:
    asyncio.run(_execute(process.running().database_url, "CREATE TABLE kept AS SELECT 42 AS n"))


def _rows(process: SiteProcess) -> list[int]:
    return [row["n"] for row in asyncio.run(_execute(process.running().database_url, "SELECT n FROM kept"))]


def test_ctrl_c_stops_everything_in_order(a_site: SiteProcess) -> None:
    a_site.start()
    assert a_site.address in a_site.output
    before = a_site.processes()
    for part in ("postgres -D", "nats-server", "bilin.app.web", "bilin.app.worker"):
        assert len(_named(before, part)) == 1, part
    assert a_site.stop() == 0
    assert wait_until_gone(before, 0) == []
    log = (a_site.data / "logs" / "postgres.log").read_text()
    assert "database system is shut down" in log


def test_kill_9_of_the_supervisor_leaves_nothing_running(tmp_path: Path) -> None:
    with site(tmp_path / "site", as_installed=True, is_empty=False) as process:
        process.start()
        before = process.processes()
        assert len(before) > 5
        process.send(signal.SIGKILL)
        process.wait()
        assert wait_until_gone(before, 15) == []


def test_kill_9_while_it_starts_leaves_nothing_running(a_starting_site: SiteProcess) -> None:
    a_starting_site.start(wait=False)
    a_starting_site.wait_until("NATS")
    before = a_starting_site.processes()
    a_starting_site.send(signal.SIGKILL)
    a_starting_site.wait()
    assert wait_until_gone(before, 15) == []
    a_starting_site.start()


def test_a_second_start_keeps_what_was_written(a_warm_site: SiteProcess) -> None:
    a_warm_site.start()
    _write_a_row(a_warm_site)
    assert a_warm_site.stop() == 0
    a_warm_site.start()
    assert _rows(a_warm_site) == [42]


def test_a_start_right_after_kill_9_waits_for_the_old_database(a_warm_site: SiteProcess) -> None:
    a_warm_site.start()
    _write_a_row(a_warm_site)
    a_warm_site.send(signal.SIGKILL)
    a_warm_site.wait()
    a_warm_site.start()
    assert _rows(a_warm_site) == [42]


def test_ctrl_c_during_the_first_start_is_clean_and_can_be_repeated(a_starting_site: SiteProcess) -> None:
    a_starting_site.start(wait=False)
    a_starting_site.wait_until("Bilin 比邻")
    assert a_starting_site.stop() == 0
    a_starting_site.start()
    assert a_starting_site.stop() == 0


def test_a_second_supervisor_is_refused_and_told_where_the_first_is(a_running_site: SiteProcess) -> None:
    again = warm.run(["serve"], environ=a_running_site.environ())
    assert again.returncode == 2
    assert f"runs on {a_running_site.data} already at {a_running_site.address}" in again.stderr
    assert "Hint:" in again.stderr
    assert a_running_site.health()[0] == 200


def test_a_taken_port_is_named(a_running_site: SiteProcess, tmp_path: Path) -> None:
    with site(tmp_path / "other") as other:
        other.port = a_running_site.port
        other.start(wait=False)
        assert other.wait() == 2
        assert f"127.0.0.1:{a_running_site.port} is taken by " in other.output


def test_with_servers_of_the_company_nothing_embedded_starts(tmp_path: Path, database_url: str, nats_url: str) -> None:
    company = {"BILIN_DATABASE_URL": database_url, "BILIN_NATS_URL": nats_url}
    with site(tmp_path / "site", company, is_empty=True) as process:
        process.start()
        commands = [each.command for each in process.processes()]
        assert len(commands) == 2
        assert all("-m bilin.app." in command for command in commands)
        assert not (process.data / "postgres" / "data").exists()
        assert process.stop() == 0


def test_an_external_database_that_is_away_is_waited_for_then_named(tmp_path: Path) -> None:
    away = {"BILIN_DATABASE_URL": "postgresql://bilin@127.0.0.1:1/bilin"}
    with site(tmp_path / "site", away) as process:
        process.start(wait=False)
        process.wait_until("Not there yet")
        assert "postgresql://127.0.0.1/bilin" in process.output
        assert process.is_running
        assert process.stop() == 0


def test_one_role_alone_needs_external_servers(a_warm_site: SiteProcess) -> None:
    alone = warm.run(["serve", "--role", "worker"], environ=a_warm_site.environ())
    assert alone.returncode == 2
    assert "database.url" in alone.stderr


def test_an_unknown_setting_stops_the_start(tmp_path: Path) -> None:
    with site(tmp_path / "site", {"BILIN_HTTP_PROT": "1"}, as_installed=True) as process:
        process.start(wait=False)
        assert process.wait() == 2
        assert "Did you mean BILIN_HTTP_PORT?" in process.output
        assert not process.data.exists()


def test_a_data_folder_with_a_long_path_works(tmp_path: Path) -> None:
    deep = tmp_path / ("long-" * 20) / ("path-" * 20)
    deep.mkdir(parents=True)
    with site(deep / "site") as process:
        process.start()
        assert process.stop() == 0


def test_no_folder_above_the_data_is_opened_to_others(a_running_site: SiteProcess) -> None:
    data = a_running_site.data
    assert data.parent.stat().st_mode & 0o777 == 0o700
    assert data.stat().st_mode & 0o007 == 0
    assert (data / "postgres" / "password").stat().st_mode & 0o777 == 0o600
    assert (data / "nats" / "nats.conf").stat().st_mode & 0o777 == 0o600


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_as_root_only_the_database_runs_as_somebody_else(a_running_site: SiteProcess) -> None:
    database = _named(a_running_site.processes(), "postgres -D")[0]
    owner = Path(f"/proc/{database.pid}").stat().st_uid
    assert owner != 0
    assert (a_running_site.data / "postgres" / "data").stat().st_uid == owner
    assert a_running_site.data.stat().st_uid == 0
