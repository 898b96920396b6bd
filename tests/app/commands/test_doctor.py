"""`bilin doctor`: what is well, what is not, and what could not be looked at; nothing is changed."""

import errno
import json
import os
import shutil
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest

from bilin.app.checks import database as database_checks
from bilin.app.checks import examine, folder, machine, ports
from bilin.app.checks import sites as other_sites
from bilin.app.commands import doctor as command
from bilin.app.embedded import program_on
from bilin.app.supervisor.folder import RunningSite
from bilin.core.checks import Check, Examined, Health, Observation, broken, warning, well
from bilin.core.codec import to_json
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.database import Pool
from bilin.core.ids import id_at, wall_ms
from bilin.core.settings import HttpSettings, Settings, SiteSettings, load_settings
from bilin.core.site import MASTER_KEY_FILE
from bilin.sites.enrolment import checks as certificate_checks
from bilin.sites.enrolment.certificates import SERVER_LIFE, ensure_certificates
from bilin.sites.enrolment.files import files_of
from bilin.sites.registry.model import SiteAlert
from bilin.sites.replication import checks as sites_checks

INSERT_EVENT = """
INSERT INTO core.log (pos, id, site, span, type, version, topics, body) VALUES (1, $1, 1, 1, 'x', 1, '', '')"""
INSERT_KEPT_BACK = """
INSERT INTO sites.kept_back (id, site, type, version, body, mark, reason, arrived)
VALUES (1, 2, 'x', 1, '', '', 'stranger', $1)"""


class Usage(NamedTuple):
    total: int
    used: int
    free: int


async def look(check: Check, examined: Examined) -> list[Observation]:
    return [each async for each in check(examined)]


async def healths(check: Check, examined: Examined) -> list[Health]:
    return [each.health for each in await look(check, examined)]


@pytest.fixture
def at_rest(tmp_path: Path) -> Examined:
    """A data folder on which nothing runs."""
    data = tmp_path / "data"
    (data / "keys").mkdir(mode=0o700, parents=True)
    data.chmod(0o700)
    read_master_key(data / MASTER_KEY_FILE)
    given = {"BILIN_DATA_DIR": str(data), "BILIN_HTTP_PORT": str(free_port()), "BILIN_SITES_LISTEN": "127.0.0.1:7420"}
    return Examined(load_settings(given), data, None)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


async def test_what_does_not_run_is_not_looked_at_and_no_fault(
    at_rest: Examined, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_clock_state", lambda: 0)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 30, 0, 90 << 30))
    found = {each.check: each.health for each in await examine(at_rest)}
    assert found == {
        "core.settings": "well",
        "core.owners": "well",
        "core.keys": "well",
        "core.disk": "well",
        "core.clock": "well",
        "core.database": "unchecked",
        "core.schema": "unchecked",
        "core.jobs": "unchecked",
        "app.ports": "well",
        "core.bus": "unchecked",
        "app.web": "unchecked",
        "files.store": "unchecked",
        "files.pictures": "well",
        "search.index": "unchecked",
        "sites.reached": "unchecked",
        "sites.kept_back": "unchecked",
        "governance.audit": "unchecked",
    }


async def test_keys_that_others_can_read_or_that_are_no_keys(at_rest: Examined) -> None:
    key = at_rest.folder / MASTER_KEY_FILE
    key.chmod(0o644)
    (found,) = await look(folder.look_at_keys, at_rest)
    assert (found.health, str(key) in found.advice) == ("broken", True)
    await examine(at_rest)
    assert key.stat().st_mode & 0o777 == 0o644, "it says what to do, and does nothing"
    key.chmod(0o600)
    key.write_text("not a key")
    assert await healths(folder.look_at_keys, at_rest) == ["broken"]
    key.unlink()
    assert await healths(folder.look_at_keys, at_rest) == ["unchecked"]
    assert not key.exists()
    (at_rest.folder / "postgres").mkdir()
    assert await healths(folder.look_at_keys, at_rest) == ["broken"], "there are data that nobody can read"


async def test_a_key_that_is_not_the_databases(at_rest: Examined, database: Pool) -> None:
    examined = Examined(at_rest.settings, at_rest.folder, database)
    key = at_rest.folder / MASTER_KEY_FILE
    assert await healths(folder.look_at_keys, examined) == ["well"], "nothing is sealed yet"
    async with database.acquire() as db:
        await Keyring(read_master_key(key)).ensure(db, [(1, id_at(wall_ms()))])
    assert await healths(folder.look_at_keys, examined) == ["well"]
    key.unlink()
    assert await healths(folder.look_at_keys, examined) == ["broken"], "what is sealed needs its key"
    read_master_key(key)
    (found,) = await look(folder.look_at_keys, examined)
    assert (found.health, "not the key" in found.said) == ("broken", True)


async def test_a_taken_port_is_named_with_its_setting_and_its_holder(at_rest: Examined) -> None:
    """Before the start, when Bilin would not come up."""
    at = ("127.0.0.1", at_rest.settings[HttpSettings].port)
    with socket.create_server(at):
        (found,) = await look(ports.look_at_ports, at_rest)
    assert found.health == "broken"
    for word in ("http.port", f"{at[0]}:{at[1]}", f"(process {os.getpid()})"):
        assert word in found.said
    assert await healths(ports.look_at_ports, at_rest) == ["well"]


async def test_the_port_for_other_sites_is_ours_while_bilin_runs(at_rest: Examined) -> None:
    """A program that has it keeps other sites out, and nothing else: nobody notices at this site."""
    with (
        socket.create_server(("127.0.0.1", at_rest.settings[HttpSettings].port)),
        socket.create_server(("127.0.0.1", 0)) as other,
        subprocess.Popen(["/bin/sleep", "60"]) as stranger,
    ):
        port = other.getsockname()[1]
        folder = at_rest.folder
        given = {"BILIN_DATA_DIR": str(folder), "BILIN_HTTP_PORT": str(at_rest.settings[HttpSettings].port)}
        examined = Examined(load_settings({**given, "BILIN_SITES_LISTEN": f"127.0.0.1:{port}"}), folder, None)
        runs(folder, os.getpid())
        assert await healths(ports.look_at_ports, examined) == ["well"], "nobody was invited: it does not listen"
        (folder / "nats").mkdir()
        (folder / "nats" / "sites.conf").write_text('{user: "site-2", password: "x"}')
        assert await healths(ports.look_at_ports, examined) == ["well", "well"]
        runs(folder, stranger.pid)
        found = (await look(ports.look_at_ports, examined))[1]
        assert (found.health, str(os.getpid()) in found.said, "sites.listen" in found.said) == ("broken", True, True)
        other.close()
        found = (await look(ports.look_at_ports, examined))[1]
        assert (found.health, found.said.startswith("Nothing listens")) == ("broken", True)
        stranger.kill()


def runs(folder: Path, pid: int) -> None:
    """As a supervisor says it in its lock file."""
    (folder / "lock").write_bytes(to_json(RunningSite(pid=pid, address="http://127.0.0.1:1")))


async def test_an_address_that_this_machine_has_not(at_rest: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ports, "refusal_of", lambda *_: OSError(errno.EADDRNOTAVAIL, "no such address"))
    (found,) = await look(ports.look_at_ports, at_rest)
    assert (found.health, "no such address" in found.said) == ("broken", True)


async def test_a_program_whose_owner_we_may_not_see(at_rest: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bilin.app.embedded.listening_program.Path.iterdir", lambda _: iter(()))
    with socket.create_server(("127.0.0.1", 0)) as other:
        holder = program_on(*other.getsockname()[:2])
        assert str(holder) == "another program"
        monkeypatch.setattr(ports, "program_on", lambda *_: holder)
        monkeypatch.setattr(ports, "refusal_of", lambda *_: OSError(errno.EADDRINUSE, "in use"))
        runs(at_rest.folder, os.getpid())
        assert await healths(ports.look_at_ports, at_rest) == ["unchecked"]


async def test_other_sites_as_the_server_sees_them(at_rest: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    def site(number: int, *alerts: str, state: str = "joined") -> dict[str, Any]:
        return {"number": number, "name": "上海", "state": state, "alerts": alerts}

    sites = [site(1), site(2), site(3, "unreachable", "audit_changed"), site(4, "unreachable", state="retired")]
    monkeypatch.setattr(other_sites, "ask_locally", lambda *_, **__: {"here": 1, "sites": sites})
    runs(at_rest.folder, os.getpid())
    found = await look(other_sites.look_at_sites, at_rest)
    assert [each.health for each in found] == ["well", "warning", "broken"]
    assert "Site 3, 上海, is not reached" in found[1].said
    assert set(other_sites.ALERTS) == set(get_args(SiteAlert)) - {"kept_back"}


async def test_a_folder_that_others_may_look_into(at_rest: Examined) -> None:
    at_rest.folder.chmod(0o755)
    assert await healths(folder.look_at_owners, at_rest) == ["broken"]


@pytest.mark.parametrize(("free", "health"), [(400 << 20, "broken"), (4 << 30, "warning"), (20 << 30, "well")])
async def test_room_on_the_disk(at_rest: Examined, monkeypatch: pytest.MonkeyPatch, free: int, health: str) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(100 << 30, 0, free))
    assert await healths(folder.look_at_disk, at_rest) == [health]


@pytest.mark.parametrize(("state", "health"), [(0, "well"), (machine.TIME_ERROR, "warning"), (-1, "unchecked")])
async def test_the_clock(at_rest: Examined, monkeypatch: pytest.MonkeyPatch, state: int, health: str) -> None:
    monkeypatch.setattr(machine, "_clock_state", lambda: state)
    assert await healths(machine.look_at_clock, at_rest) == [health]


async def test_certificates_that_end(at_rest: Examined, monkeypatch: pytest.MonkeyPatch) -> None:
    ensure_certificates(files_of(at_rest.settings), ["hq.example.com"])
    assert await healths(certificate_checks.look_at_certificates, at_rest) == ["well", "well"]

    class Later(datetime):
        @classmethod
        def now(cls, tz: object = None) -> datetime:  # type: ignore[override]
            return datetime.now(UTC) + SERVER_LIFE - timedelta(days=10)

    monkeypatch.setattr(certificate_checks, "datetime", Later)
    assert await healths(certificate_checks.look_at_certificates, at_rest) == ["well", "warning"]


async def test_a_check_that_fails_keeps_no_other_from_being_done(
    at_rest: Examined, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail() -> int:
        raise RuntimeError("no such call")

    monkeypatch.setattr(machine, "_clock_state", fail)
    found = await examine(at_rest)
    assert next(each for each in found if each.check == "app.clock").health == "unchecked"
    assert any(each.check == "governance.audit" for each in found)


def test_the_exit_code_is_that_of_the_worst() -> None:
    assert command.exit_code([well("a", "")]) == 0
    assert command.exit_code([well("a", ""), warning("b", "", "")]) == command.EXIT_WARNING
    assert command.exit_code([broken("a", "", ""), warning("b", "", "")]) == command.EXIT_BROKEN


def test_for_programs(at_rest: Examined, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("BILIN_DATA_DIR", str(at_rest.folder))
    with pytest.raises(SystemExit):
        command.doctor(as_json=True)
    found = json.loads(capsys.readouterr().out)
    assert {"check", "health", "said", "advice"} == set(found[0])


def test_settings_that_are_not_valid_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("BILIN_HTTP_PORT", "a lot")
    with pytest.raises(SystemExit) as ended:
        command.doctor()
    assert ended.value.code == command.EXIT_BROKEN
    assert "http.port" in capsys.readouterr().out


async def test_database_and_schema(settings: Settings, database: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    examined = Examined(settings, settings[SiteSettings].data_dir, database)
    answers, careless = await look(database_checks.look_at_database, examined)
    assert (answers.health, "PostgreSQL" in answers.said) == ("well", True)
    assert (careless.health, "fsync" in careless.said) == ("broken", True), "the tests' own server is quick, not safe"
    assert await healths(database_checks.look_at_schema, examined) == ["well"]
    monkeypatch.setattr(database_checks, "newest_change", lambda: "9999")
    assert await healths(database_checks.look_at_schema, examined) == ["warning"]
    monkeypatch.setattr(database_checks, "newest_change", lambda: "0001")
    assert await healths(database_checks.look_at_schema, examined) == ["broken"]
    monkeypatch.setattr(database_checks, "LEAST_VERSION", 99)
    assert (await healths(database_checks.look_at_database, examined))[0] == "broken"


async def test_a_clock_that_was_set_back_behind_the_log(
    settings: Settings, database: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(machine, "_clock_state", lambda: 0)
    examined = Examined(settings, settings[SiteSettings].data_dir, database)
    assert await healths(machine.look_at_clock, examined) == ["well"]
    await database.execute(INSERT_EVENT, id_at(wall_ms() + 3_600_000))
    assert await healths(machine.look_at_clock, examined) == ["well", "broken"]


async def test_what_other_sites_may_not_say_waits_for_somebody(settings: Settings, database: Pool) -> None:
    examined = Examined(settings, settings[SiteSettings].data_dir, database)
    assert await healths(sites_checks.look_at_kept_back, examined) == [], "there is no other site"
    await database.execute("INSERT INTO sites.site (number, added, joined) VALUES (2, 1, 2)")
    assert await healths(sites_checks.look_at_kept_back, examined) == ["well"]
    await database.execute(INSERT_KEPT_BACK, id_at(wall_ms() - 2 * 3_600_000))
    assert await healths(sites_checks.look_at_kept_back, examined) == ["warning"]
