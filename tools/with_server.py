"""Runs a command against a Bilin of its own: a new site in a temporary folder, on a free port, gone afterwards.

    python -m tools.with_server npm --prefix web run e2e
    python -m tools.with_server --sample npm --prefix web run e2e

With ``--sample`` the site holds the sample company. The command finds the address in ``BILIN_URL``, the process that
keeps the server running in ``BILIN_SERVER_PID``, and in ``BILIN_SAMPLE`` whether the sample company is there; its exit
code is ours.
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
BILIN = (sys.executable, "-m", "bilin.app.cli")


def main() -> None:
    """Start, wait for readiness, run, stop."""
    is_sample = sys.argv[1:2] == ["--sample"]
    command = sys.argv[2:] if is_sample else sys.argv[1:]
    if not command:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="bilin-") as folder:
        sys.exit(_run(command, Path(folder), is_sample=is_sample))


def _run(command: list[str], folder: Path, *, is_sample: bool) -> int:
    port = _free_port()
    log = folder / "serve.log"
    environ = {name: value for name, value in os.environ.items() if not name.startswith("BILIN_")}
    own = {"BILIN_DATA_DIR": str(folder / "site"), "BILIN_HTTP_PORT": str(port)}
    if is_sample:
        subprocess.run([*BILIN, "demo"], env={**environ, **own}, stdout=subprocess.DEVNULL, check=True)
    with log.open("wb") as output:
        server = subprocess.Popen([*BILIN, "serve"], env={**environ, **own}, stdout=output, stderr=output)
    try:
        address = f"http://127.0.0.1:{port}"
        if not _gets_ready(server, address):
            print(log.read_text(), file=sys.stderr)
            return 1
        told = {"BILIN_URL": address, "BILIN_SERVER_PID": str(server.pid), "BILIN_SAMPLE": "1" if is_sample else ""}
        code = subprocess.run(command, env={**environ, **told}, check=False).returncode
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
