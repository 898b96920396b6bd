"""NATS servers as a company runs them itself: several in a cluster, or one that wants TLS."""

import json
import signal
import socket
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from time import monotonic, sleep

from bilin.app.embedded.binaries import nats_program
from tests.support.site_process import free_port

READY_WITHIN_S = 20.0


class NatsServer:
    """One of them, on a port of its own."""

    def __init__(self, folder: Path, name: str, more: str = "") -> None:
        self.port = free_port()
        self._config, self._log = folder / f"{name}.conf", folder / f"{name}.log"
        self._config.write_text(f'server_name: {name}\nlisten: "127.0.0.1:{self.port}"\n{more}\n')
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns once it takes connections."""
        self._running = subprocess.Popen([nats_program(), "--config", self._config, "--log", self._log])
        until = monotonic() + READY_WITHIN_S
        while not self._greets():
            assert monotonic() < until, self._log.read_text()
            sleep(0.02)

    def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        """By a signal."""
        if self._running is not None:
            self._running.send_signal(how)
            self._running.wait(20)
            self._running = None

    def _greets(self) -> bool:
        try:
            return bool(self._info())
        except (OSError, ValueError):
            return False

    def _info(self) -> dict[str, object]:
        with socket.create_connection(("127.0.0.1", self.port), 2) as line:
            said: dict[str, object] = json.loads(line.makefile().readline().removeprefix("INFO "))
            return said


@contextmanager
def nats_cluster(folder: Path, size: int = 3) -> Iterator[Sequence[NatsServer]]:
    """Servers that pass everything on to each other, for the time of the block."""
    routes = [free_port() for _ in range(size)]
    known = ", ".join(f'"nats-route://127.0.0.1:{port}"' for port in routes)
    with ExitStack() as stack:
        servers = []
        for number, port in enumerate(routes):
            cluster = f'cluster {{ name: bilin, listen: "127.0.0.1:{port}", routes: [{known}] }}'
            servers.append(NatsServer(folder, f"nats-{number}", f'ping_interval: "2s"\nping_max: 2\n{cluster}'))
        for server in servers:
            stack.callback(server.end)
            server.start()
        yield servers


def url_of(servers: Sequence[NatsServer], scheme: str = "nats") -> str:
    """Of all of them."""
    return ",".join(f"{scheme}://127.0.0.1:{server.port}" for server in servers)
