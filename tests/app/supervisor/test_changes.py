"""What a running site takes over: who is let in at once, who is out at once, and who it is itself."""

import asyncio
import io
import os
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from rich.console import Console

from bilin.app.embedded import Dialling, EmbeddedNats, Lines
from bilin.app.processes import KeptService, Process, spawn
from bilin.app.supervisor import Progress, changes
from bilin.app.supervisor.changes import Changes
from bilin.app.supervisor.external import check_nats
from bilin.app.supervisor.servers import nats_of
from bilin.core.ids import Id
from bilin.core.settings import Settings, load_settings
from bilin.sites.enrolment import (
    LOCAL_USER,
    Token,
    account_text,
    begin,
    ensure_certificates,
    files_of,
    listen_address,
    local_line,
)
from bilin.sites.enrolment.certificates import authority_bytes
from bilin.sites.enrolment.nats_accounts import Access, AccessKey
from bilin.sites.enrolment.token import VERSION
from tests.support.site_process import free_port

KEY = AccessKey(b"k" * 32)
SHANGHAI, SHENZHEN = KEY.of_site(2, Id(20)), KEY.of_site(3, Id(30))


class Sleeper:
    """A process of the site."""

    name = "Sleeper"
    stop_signal = signal.SIGTERM
    stop_within_s = 5.0

    async def start(self) -> Process:
        return spawn(self.name, [sys.executable, "-S", "-c", "import time; time.sleep(600)"], environ=os.environ)

    def tidy(self) -> None: ...


class Running:
    """A NATS, a process, and who watches over them."""

    def __init__(self, settings: Settings) -> None:
        self.said = io.StringIO()
        progress = Progress(Console(file=self.said, width=1000))
        self.places = files_of(settings)
        self.port = listen_address(settings)[1]
        self.server: EmbeddedNats = nats_of(settings, tell=progress.note)
        self.nats, self.process = KeptService(self.server, progress.note), KeptService(Sleeper(), progress.note)
        self.read_again = 0
        self.changes = Changes(settings, progress, [self.nats], [self.process], self._read)

    def admit(self, *others: Access) -> None:
        password = self.server.sites_url.split("@")[0].rpartition(":")[2]
        self.places.account.write_text(account_text(local_line(LOCAL_USER, password), others))

    async def lets_in(self, access: Access) -> bool:
        """Whether somebody is let in who dials."""
        address = f"127.0.0.1:{self.port}"
        lines = Lines(dialling=Dialling((address,), access.user, access.password, self.places.authority))
        with TemporaryDirectory() as folder:
            log = Path(folder, "log")
            branch = EmbeddedNats(Path(folder, "nats"), log, lines=lambda: lines)
            process = await branch.start()
            try:
                async with asyncio.timeout(30):
                    while True:
                        said = log.read_text()
                        if "Authorization Violation" in said:
                            return False
                        if "JetStream using domains" in said:  # said once both ends have agreed
                            return True
                        await asyncio.sleep(0.02)
            finally:
                await process.stop(branch.stop_signal, 5)

    def _read(self) -> None:
        self.read_again += 1


@pytest.fixture
async def running(tmp_path: Path) -> AsyncIterator[Running]:
    given = {"BILIN_DATA_DIR": str(tmp_path / "site"), "BILIN_SITES_LISTEN": f"127.0.0.1:{free_port()}"}
    running = Running(load_settings(given))
    async with AsyncExitStack() as stack:
        for each in (running.nats, running.process):
            await each.start()
            stack.push_async_callback(each.stop)
        yield running


async def test_whoever_is_new_is_let_in_without_a_start(running: Running) -> None:
    running.admit(SHANGHAI)
    await running.changes.look()  # the first one also makes it listen, which takes a start
    assert await running.lets_in(SHANGHAI)
    assert not await running.lets_in(SHENZHEN)
    pid = running.nats.pid
    running.admit(SHANGHAI, SHENZHEN)
    await running.changes.look()
    await asyncio.sleep(0.5)  # NATS reads it in its own time
    assert await running.lets_in(SHENZHEN)
    assert running.nats.pid == pid


async def test_whose_access_ended_is_out_which_takes_a_start(running: Running) -> None:
    running.admit(SHANGHAI, SHENZHEN)
    await running.changes.look()
    pid = running.nats.pid
    running.admit(SHENZHEN)
    await running.changes.look()
    assert running.nats.pid != pid
    assert not await running.lets_in(SHANGHAI)
    assert await running.lets_in(SHENZHEN)
    pid = running.nats.pid
    await running.changes.look()
    assert running.nats.pid == pid


async def test_an_invitation_to_use_is_dialled_and_forgotten_again(running: Running, tmp_path: Path) -> None:
    headquarters = files_of(load_settings({"BILIN_DATA_DIR": str(tmp_path / "hq")}))
    ensure_certificates(headquarters, ["127.0.0.1"])
    authority = authority_bytes(headquarters)
    begin(running.places, Token(VERSION, ("127.0.0.1:9",), authority, 2, "上海", 77, "secret", 0))
    await running.changes.look()
    assert "wss://invited-77:secret@127.0.0.1:9" in running.server.running.text
    running.places.joining.unlink()
    await running.changes.look()
    assert "wss://" not in running.server.running.text


async def test_a_renewed_certificate_is_shown_without_a_start(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.admit(SHANGHAI)
    await running.changes.look()
    host, pid = ("127.0.0.1", running.port), running.nats.pid
    before = await asyncio.to_thread(ssl.get_server_certificate, host)
    running.places.certificate.unlink()
    monkeypatch.setattr(changes, "RENEWED_WITHIN_S", 0.0)
    await running.changes.look()

    async def is_shown() -> bool:
        return await asyncio.to_thread(ssl.get_server_certificate, host) != before

    async with asyncio.timeout(30):
        while not await is_shown():
            await asyncio.sleep(0.05)
    assert running.nats.pid == pid


async def test_a_new_identity_starts_everything_again_once(running: Running) -> None:
    pid = running.process.pid
    running.places.identity.write_text("node = 2\n")
    await running.changes.look()
    assert running.read_again == 1
    assert running.process.pid != pid
    pid = running.process.pid
    await running.changes.look()
    assert (running.process.pid, running.read_again) == (pid, 1)


async def test_a_taken_port_for_sites_is_named_with_its_holder_and_used_once_it_is_free(tmp_path: Path) -> None:
    """The site goes on by itself: only its bus for others waits."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        given = {"BILIN_DATA_DIR": str(tmp_path / "site"), "BILIN_SITES_LISTEN": f"127.0.0.1:{port}"}
        running = Running(load_settings(given))
        running.admit(SHANGHAI)
        await running.nats.start()
        try:
            for _ in range(3):  # told once, whatever the number of looks
                await running.changes.look()
            assert await check_nats(running.server.url) == "NATS"
            lines = running.said.getvalue().splitlines()
            assert len(lines) == 1
            for word in ("sites.listen", f"127.0.0.1:{port}", f"(process {os.getpid()})"):
                assert word in lines[0]
            pid = running.nats.pid
            other.close()
            await running.changes.look()
            assert running.nats.pid != pid
            assert await running.lets_in(SHANGHAI)
        finally:
            await running.nats.stop()


@pytest.mark.parametrize(("newest", "is_let_in"), [(ssl.TLSVersion.TLSv1_2, False), (ssl.TLSVersion.TLSv1_3, True)])
async def test_sites_speak_tls_1_3_or_nothing(running: Running, newest: ssl.TLSVersion, *, is_let_in: bool) -> None:
    running.admit(SHANGHAI)
    await running.changes.look()
    trusting = ssl.create_default_context(cafile=running.places.authority)
    trusting.maximum_version = newest
    connecting = asyncio.open_connection("127.0.0.1", running.port, ssl=trusting)
    if is_let_in:
        _, writer = await connecting
        writer.close()
        return
    with pytest.raises(ssl.SSLError, match=r"(?i)protocol.version"):
        await connecting
