"""The embedded NATS: one child on the loopback interface behind generated passwords, and the line to other sites."""

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from pathlib import Path

import msgspec

from bilin.app.embedded.binaries import nats_program
from bilin.app.embedded.errors import EmbeddedServerFailed
from bilin.app.embedded.listening_program import ListeningProgram, program_on
from bilin.app.embedded.nats_configuration import BUS_USER, HOST, Lines, configuration
from bilin.app.embedded.os_user import give_all, service_user
from bilin.app.embedded.server_log import last_lines, open_log
from bilin.app.processes import Process, getting_ready, spawn
from bilin.core.private_files import secret_in, write_private
from bilin.sites import enrolment

TAKEN = (
    "Other sites cannot reach this one: port {port} of sites.listen ({host}:{port}) is taken by {holder}. "
    "End that program, or set another port; everything else works, and it is tried again."
)


class Configured(msgspec.Struct, frozen=True):
    """What a NATS reads at its start."""

    text: str
    """Its configuration; a change takes a start."""
    account: str
    """The account between sites; whoever is new there is let in by SIGHUP."""


class EmbeddedNats:
    """Starts and stops NATS. It keeps nothing: what is published is live only, so its folder holds secrets alone.

    `lines` is asked at every start, so that a start is also how new lines come to be.
    """

    name = "NATS"
    stop_signal = signal.SIGTERM
    stop_within_s = 5.0

    def __init__(
        self,
        folder: Path,
        log: Path,
        port: int = 0,
        lines: Callable[[], Lines] = Lines,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`tell` hears what whoever runs the server should know."""
        self._folder = folder
        self._log = log
        self._port = port or _free_port()
        self._leaf_port = _free_port()
        self._lines, self._tell = lines, tell
        self._blocked: ListeningProgram | None = None
        self._listening: tuple[str, int] | None = None
        self._user = service_user()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        give_all(folder, self._user)
        self._password = secret_in(folder / "token")
        self._sites_password = secret_in(folder / "sites.token")
        self.running = Configured("", "")
        """With what the present one runs."""

    @property
    def url(self) -> str:
        """Where clients of this site's bus connect; the same after a restart of the server."""
        return f"nats://{BUS_USER}:{self._password}@{HOST}:{self._port}"

    @property
    def sites_url(self) -> str:
        """Where this site's processes speak with other sites."""
        return f"nats://{enrolment.LOCAL_USER}:{self._sites_password}@{HOST}:{self._port}"

    @property
    def account(self) -> Path:
        """The users of the account between sites: written here when missing, then by the web process."""
        return self._folder / "sites.conf"

    def wanted(self) -> Configured:
        """What it would start with now."""
        lines = self._beside_it(self._without_what_is_taken(self._lines()))
        text = configuration(self._port, self._password, self.account, self._leaf_port, lines)
        return Configured(text, self.account.read_text())

    async def start(self) -> Process:
        """Returns once it takes connections. Raises `EmbeddedServerFailed` when it ends instead."""
        config = self._folder / "nats.conf"
        local = enrolment.local_line(enrolment.LOCAL_USER, self._sites_password)
        if not self.account.exists() or local not in self.account.read_text():
            write_private(self.account, enrolment.account_text(local, ()).encode())
        self._listening = None
        self.running = self.wanted()
        write_private(config, self.running.text.encode())
        with open_log(self._log) as log:
            command: list[str | Path] = [nats_program(self._user), "--config", config.name]
            process = spawn(
                "nats", command, environ={"PATH": os.defpath}, user=self._user, folder=self._folder, output=log
            )
        async with getting_ready(process):
            while not await _answers(self._port):
                if process.exit_code is not None:
                    raise EmbeddedServerFailed(f"NATS ended with code {process.exit_code}.\n{last_lines(self._log)}")
                await asyncio.sleep(0.02)
        listening = None if self.is_blocked else self._lines().listening
        self._listening = None if listening is None else (listening.host, listening.port)
        return process

    @property
    def is_blocked(self) -> bool:
        """Whether other sites cannot come in because another program has the port."""
        return self._blocked is not None

    def _without_what_is_taken(self, lines: Lines) -> Lines:
        """This site goes on by itself when another program has the port for other sites."""
        own = lines.listening
        holder = None
        if own is not None and (own.host, own.port) != self._listening:
            holder = program_on(own.host, own.port)
        if holder != self._blocked:
            self._blocked = holder
            if own is not None and holder is not None:
                self._tell(TAKEN.format(host=own.host, port=own.port, holder=holder))
        return lines if holder is None else Lines(dialling=lines.dialling)

    def _beside_it(self, lines: Lines) -> Lines:
        """The lines with copies of the certificates in its own folder: it may not be able to go anywhere else."""
        listening, dialling = lines.listening, lines.dialling
        if listening is not None:
            certificate, key = self._copy(listening.certificate), self._copy(listening.key)
            listening = msgspec.structs.replace(listening, certificate=certificate, key=key)
        if dialling is not None:
            dialling = msgspec.structs.replace(dialling, trusted=self._copy(dialling.trusted))
        return Lines(listening=listening, dialling=dialling)

    def _copy(self, file: Path) -> Path:
        own, content = self._folder / file.name, file.read_bytes()
        if not own.exists() or own.read_bytes() != content:
            write_private(own, content)
        return Path(file.name)

    def tidy(self) -> None:
        """Nothing stays behind."""


async def _answers(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection(HOST, port)
    except OSError:
        return False
    try:
        return (await asyncio.wait_for(reader.readline(), 2)).startswith(b"INFO")
    except TimeoutError:
        return False
    finally:
        writer.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port
