"""Runs a command against a Bilin of its own: a new site in a temporary folder, on a free port, gone afterwards.

    python -m tools.with_server npm --prefix web run e2e

The command finds the address in ``BILIN_URL``; its exit code is ours.
"""

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

READY_WITHIN_S = 120.0
STOP_WITHIN_S = 60.0


def main() -> None:
    """Start, wait for readiness, run, stop."""
    command = sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="bilin-") as folder:
        sys.exit(_run(command, Path(folder)))


def _run(command: list[str], folder: Path) -> int:
    port = _free_port()
    log = folder / "serve.log"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BILIN_")}
    own = {"BILIN_DATA_DIR": str(folder / "site"), "BILIN_HTTP_PORT": str(port)}
    with log.open("wb") as output:
        server = subprocess.Popen(
            [sys.executable, "-m", "bilin.app.cli", "serve"], env={**environ, **own}, stdout=output, stderr=output
        )
    try:
        address = f"http://127.0.0.1:{port}"
        if not _gets_ready(server, address):
            print(log.read_text(), file=sys.stderr)
            return 1
        code = subprocess.run(command, env={**environ, "BILIN_URL": address}, check=False).returncode
        if code:
            print(f"The server's last lines:\n{_tail(log)}", file=sys.stderr)
        return code
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(STOP_WITHIN_S)


def _gets_ready(server: "subprocess.Popen[bytes]", address: str) -> bool:
    until = time.monotonic() + READY_WITHIN_S
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(f"{address}/health", timeout=5):  # noqa: S310 - the address is ours
                return True
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            time.sleep(0.2)
    return False


def _tail(log: Path, count: int = 30) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-count:])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


if __name__ == "__main__":
    main()
