"""The embedded NATS: one child on the loopback interface, behind a generated token."""

import asyncio
import os
import signal
import socket
from pathlib import Path

from bilin.app.embedded.binaries import nats_program
from bilin.app.embedded.errors import EmbeddedServerFailed
from bilin.app.embedded.secret import secret_in
from bilin.app.embedded.server_log import last_lines, open_log
from bilin.app.processes import Process, getting_ready, spawn

HOST = "127.0.0.1"
CONFIG = """\
listen: "{host}:{port}"
server_name: bilin
authorization {{ token: "{token}" }}
max_payload: 8MB
max_pending: 64MB
write_deadline: "5s"
"""


class EmbeddedNats:
    """Starts and stops NATS. It keeps nothing: what is published is live only, so its folder holds a token alone."""

    name = "NATS"
    stop_signal = signal.SIGTERM
    stop_within_s = 5.0

    def __init__(self, folder: Path, log: Path, port: int = 0) -> None:
        self._folder = folder
        self._log = log
        self._port = port or _free_port()
        self._token = secret_in(folder / "token")

    @property
    def url(self) -> str:
        """Where clients connect; the same after a restart of the server."""
        return f"nats://{self._token}@{HOST}:{self._port}"

    async def start(self) -> Process:
        """Returns once it takes connections. Raises `EmbeddedServerFailed` when it ends instead."""
        config = self._folder / "nats.conf"
        with os.fdopen(os.open(config, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(CONFIG.format(host=HOST, port=self._port, token=self._token))
        with open_log(self._log) as log:
            command: list[str | Path] = [nats_program(), "--config", config]
            process = spawn("nats", command, environ={"PATH": os.defpath}, folder=self._folder, output=log)
        async with getting_ready(process):
            while not await _answers(self._port):
                if process.exit_code is not None:
                    raise EmbeddedServerFailed(f"NATS ended with code {process.exit_code}.\n{last_lines(self._log)}")
                await asyncio.sleep(0.02)
        return process

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
