"""Started as root, nothing that a stranger reaches is root; it works wherever files lie and whoever owned them."""

import os
import pwd
import shutil
import stat
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bilin.app.embedded.os_user import SERVICE_NAME, open_folder, service_user
from bilin.app.processes import OsUser
from bilin.core.private_files import SecretExposed, create_private, read_private, secret_in, write_private
from tests.security.conftest import NewServer, Server
from tests.support.process_table import Seen

FACING_THE_NETWORK = ("bilin.app.web", "bilin.app.worker", "nats-server")


def status_of(pid: int) -> dict[str, str]:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def expected_uid() -> int:
    """As whom it should run: not as root, and as whoever started it otherwise."""
    return pwd.getpwnam(SERVICE_NAME).pw_uid if os.geteuid() == 0 else os.geteuid()


@pytest.fixture
def closed_folder() -> Iterator[Path]:
    """A folder that only who started it may enter, as `/root` is."""
    folder = Path.home() / f".bilin-test-{os.getpid()}"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(folder)


def dropped(pid: int) -> dict[str, str]:
    """Its status once it is nobody special: a process that was just started is still on its way."""
    until = time.monotonic() + 30
    while (status := status_of(pid))["Uid"].startswith("0") and os.geteuid() == 0 and time.monotonic() < until:
        time.sleep(0.1)
    return status


def _facing_the_network(server: Server) -> dict[str, Seen]:
    return {part: each for each in server.site.processes() for part in FACING_THE_NETWORK if part in each.command}


def assert_dropped(server: Server) -> None:
    until = time.monotonic() + 30
    while set(found := _facing_the_network(server)) != set(FACING_THE_NETWORK):  # nobody waits for the worker
        assert time.monotonic() < until, found
        time.sleep(0.1)
    for part, process in found.items():
        status = dropped(process.pid)
        assert {int(each) for each in status["Uid"].split()} == {expected_uid()}, part
        assert "0" not in status["Groups"].split(), part
        assert int(status["CapEff"], 16) & ~(1 << 10) == 0, f"{part}: more than ports below 1024"


def test_what_faces_the_network_is_not_root_in_a_folder_that_root_alone_may_enter(
    new_server: NewServer, closed_folder: Path
) -> None:
    server = new_server(closed_folder / "site", as_installed=True).found()
    assert_dropped(server)
    keys = server.site.data / "keys"
    assert {each.stat().st_uid for each in keys.iterdir()} == {expected_uid()}
    assert {stat.S_IMODE(each.stat().st_mode) for each in keys.iterdir()} == {0o600}
    server.site.end()


def test_a_folder_of_an_earlier_start_as_root(new_server: NewServer) -> None:
    """All that a release before wrote belongs to root; the same keys open the same messages."""
    server = new_server().found()
    room = server.group(server.boss, server.colleague)
    server.site.stop()
    data, me = server.site.data, (os.geteuid(), os.getegid())
    for path in (data, *(each for part in ("keys", "nats") for each in [data / part, *(data / part).iterdir()])):
        os.chown(path, *me)
    data.chmod(0o755)
    server.site.start()
    assert_dropped(server)
    assert server.send("GET", f"/conversations/{room}/messages", by=server.boss).status_code == 200


def test_settings_that_root_alone_may_read(new_server: NewServer, closed_folder: Path) -> None:
    config = closed_folder / "bilin.toml"
    config.write_text('[http]\norigins = ["https://only.root.example"]\n')
    config.chmod(0o600)
    server = new_server(BILIN_CONFIG=str(config))
    answer = server.send("GET", "/setup", headers={"host": "only.root.example"})
    assert answer.status_code == 200


def test_what_is_ours_cannot_be_replaced(tmp_path: Path) -> None:
    user = service_user() or OsUser("me", os.geteuid(), os.getegid())
    data = tmp_path / "site"
    data.mkdir()
    (data / "lock").write_text("{}")
    (data / "site.toml").write_text("")
    (data / "link").symlink_to("/etc/passwd")
    if os.geteuid() == 0:
        open_folder(data, user)
        assert stat.S_IMODE(data.stat().st_mode) == 0o1770, "sticky: what is ours stays in its place"
        assert (data.stat().st_uid, (data / "lock").stat().st_uid, (data / "postgres").stat().st_uid) == (0, 0, 0)
        assert (data / "site.toml").stat().st_uid == user.uid
        assert Path("/etc/passwd").stat().st_uid == 0
    open_folder(data, None)  # not root: nothing is anybody else's


# secrets


def test_a_secret_that_others_can_read_is_repaired(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "keys" / "a.key"
    secret = secret_in(file)
    file.chmod(0o644)
    assert secret_in(file) == secret
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    said = capsys.readouterr()
    assert "secret.was_readable_by_others" in said.out + said.err


def test_a_secret_of_somebody_else_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.key"
    write_private(file, b"x")
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 7)
    with pytest.raises(SecretExposed, match="another user"):
        read_private(file)


def test_a_secret_is_a_plain_file(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SecretExposed):
        read_private(tmp_path / "pipe")
    assert read_private(tmp_path / "none") is None


def test_of_two_who_make_a_secret_the_first_ones_stays(tmp_path: Path) -> None:
    create_private(tmp_path / "a", b"first")
    create_private(tmp_path / "a", b"second")
    assert read_private(tmp_path / "a") == "first"
    write_private(tmp_path / "a", b"third")
    assert [each.name for each in tmp_path.iterdir()] == ["a"]
    assert read_private(tmp_path / "a") == "third"


def test_nothing_is_written_through_a_link(tmp_path: Path) -> None:
    """But through one that root put there: a data folder may lie on another disk."""
    (tmp_path / "elsewhere").mkdir()
    if os.geteuid() == 0:
        (tmp_path / "disk").symlink_to(tmp_path / "elsewhere")
        write_private(tmp_path / "disk" / "b", b"y")
        (tmp_path / "elsewhere" / "b").unlink()
        os.chown(tmp_path, pwd.getpwnam("nobody").pw_uid, -1)
    (tmp_path / "keys").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(OSError, match="directory"):
        write_private(tmp_path / "keys" / "a", b"x")
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_data_folder_out_of_reach_is_written_to_through_its_descriptor(tmp_path: Path) -> None:
    """A branch that joins writes its settings beside `keys`: into a folder that it was handed open."""
    descriptor = os.open(tmp_path, os.O_PATH | os.O_DIRECTORY)
    handed = Path(f"/proc/self/fd/{descriptor}")
    try:
        write_private(handed / "site.toml", b"x")
        write_private(handed / "keys" / "a.key", b"y")
    finally:
        os.close(descriptor)
    assert (tmp_path / "site.toml").read_bytes() == b"x"
    assert read_private(tmp_path / "keys" / "a.key") == "y"
