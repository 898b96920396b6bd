"""Runs a command against a Bilin of its own: a new site in a temporary folder, on a free port, gone afterwards.

    python -m tools.with_server npm --prefix web run e2e
    python -m tools.with_server --sample npm --prefix web run e2e
    python -m tools.with_server --branch npm --prefix web run e2e

With ``--sample`` the site holds the sample company; with ``--branch`` there is a second, empty server beside it, which
may join as a branch. The command finds the address in ``BILIN_URL``, the process that keeps the server running in
``BILIN_SERVER_PID``, in ``BILIN_SAMPLE`` whether the sample company is there, in ``BILIN_BRANCH_URL`` the address of
the second server, and in ``BILIN_SETUP_CODE`` and ``BILIN_BRANCH_SETUP_CODE`` what they ask for before there is a
company; its exit code is ours.
"""

import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

READY_WITHIN_S = 120.0
STOP_WITHIN_S = 60.0
LAST_LINES = 60
PORTS = (28_000, 32_000)
BILIN = (sys.executable, "-m", "bilin.app.cli")


class Server:
    """One `bilin serve` with a folder and ports of its own."""

    def __init__(self, folder: Path) -> None:
        self._log = folder / "serve.log"
        port, for_sites = _free_port(), _free_port()
        self.address = f"http://127.0.0.1:{port}"
        self.environ = _foreign_environ() | {
            "BILIN_DATA_DIR": str(folder / "site"),
            "BILIN_HTTP_PORT": str(port),
            "BILIN_SITES_LISTEN": f"127.0.0.1:{for_sites}",
            "BILIN_SITES_ADDRESS": f"127.0.0.1:{for_sites}",
            # What a password costs is asked elsewhere: here people sign in all the time.
            "BILIN_IDENTITY_HASH_MEMORY_KIB": "64",
            "BILIN_IDENTITY_HASH_PASSES": "1",
        }

    @contextlib.contextmanager
    def running(self) -> Iterator[int]:
        """Runs from readiness to the end of the block; gives the process id. Raises `SystemExit` if it never is."""
        with self._log.open("wb") as output:
            server = subprocess.Popen([*BILIN, "serve"], env=self.environ, stdout=output, stderr=output)
        try:
            if not _gets_ready(server, self.address):
                sys.exit(self._log.read_text())
            yield server.pid
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(STOP_WITHIN_S)

    @property
    def setup_code(self) -> str:
        """What it asks for before there is a company; empty when there is one."""
        file = Path(self.environ["BILIN_DATA_DIR"]) / "keys" / "setup.code"
        return file.read_text() if file.exists() else ""

    def tail(self) -> str:
        """The last lines it and its NATS said: what went well tells how far it came."""
        logs = [self._log, *sorted(Path(self.environ["BILIN_DATA_DIR"]).rglob("nats.log"))]
        said = [log.read_text(errors="replace").splitlines()[-LAST_LINES:] for log in logs]
        return "\n".join(line for lines in said for line in lines)


def main() -> None:
    """Start, wait for readiness, run, stop."""
    option = sys.argv[1] if sys.argv[1:2] in (["--sample"], ["--branch"]) else ""
    command = sys.argv[2:] if option else sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="bilin-") as folder:
        sys.exit(_run(command, Path(folder), option))


def _run(command: list[str], folder: Path, option: str) -> int:
    folders = [folder / "first", folder / "branch"] if option == "--branch" else [folder / "first"]
    for each in folders:
        each.mkdir()
    servers = [Server(each) for each in folders]
    if option == "--sample":
        subprocess.run([*BILIN, "demo"], env=servers[0].environ, stdout=subprocess.DEVNULL, check=True)
    with contextlib.ExitStack() as stack:
        pids = [stack.enter_context(server.running()) for server in servers]
        told = {"BILIN_URL": servers[0].address, "BILIN_SERVER_PID": str(pids[0])}
        told["BILIN_SAMPLE"] = "1" if option == "--sample" else ""
        told["BILIN_SETUP_CODE"] = servers[0].setup_code
        told["BILIN_BRANCH_SETUP_CODE"] = servers[1].setup_code if option == "--branch" else ""
        told["BILIN_BRANCH_URL"] = servers[1].address if option == "--branch" else ""
        code = subprocess.run(command, env=_foreign_environ() | told, check=False).returncode
        if code:
            for server in servers:
                print(f"The last lines of {server.address}:\n{server.tail()}", file=sys.stderr)
        return code


def _foreign_environ() -> dict[str, str]:
    """The environment without settings of any Bilin that is not ours."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BILIN_")}


def _gets_ready(server: "subprocess.Popen[bytes]", address: str) -> bool:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 - the address is ours
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False


def _free_port() -> int:
    """Not one of those the system gives to whoever asks for any, nor one of the server's tests, which run beside us."""
    for port in random.sample(range(*PORTS), 100):
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    sys.exit("No port is free.")


if __name__ == "__main__":
    main()
