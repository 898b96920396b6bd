"""A real `bilin serve` for tests: its own folder, a free port, the output kept; gone at the end, by its own number.

It is a fork of a process that has read the program (`tests.support.warm`), and its first start finds a database that
was made before (`tests.support.template`). `as_installed` does without: the command that people type, an empty folder.
"""

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import msgspec

from bilin.app.supervisor.folder import RunningSite
from tests.support import warm
from tests.support.process_table import Seen, descendants, wait_until_gone
from tests.support.template import copy_postgres

SERVE = (*warm.PROGRAM, "serve")
READY_WITHIN_S = 60.0
END_WITHIN_S = 30.0
FIRST_PORT, PORTS_EACH = 12_000, 2_000


def joining_with(token: str, data: Path) -> tuple[str, ...]:
    """The command of a server that joins a company: its token lies in a file beside its data folder."""
    file = data.with_name(f"{data.name}.token")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.touch(0o600)
    file.write_text(token)
    return (*SERVE, "--join", str(file))


class SiteProcess:
    """One site on one data folder; `start` it as often as you like."""

    def __init__(
        self,
        data: Path,
        environ: Mapping[str, str] | None = None,
        *,
        wrapper: Sequence[str] = (),
        command: Sequence[str] | None = None,
        as_installed: bool = False,
        is_empty: bool | None = None,
        network: str = "",
    ) -> None:
        """`wrapper` is put before the command, to run it as somebody else; `command` may be another installation's.

        `is_empty`: it makes its own database at its first start, as what is installed does unless this says otherwise.
        `network` is the file of the network namespace to run in.
        """
        self.data = data
        self._as_installed = as_installed
        self._is_empty = as_installed if is_empty is None else is_empty
        self._network = network
        self.port = free_port()
        self._environ = dict(environ or {})
        self._command = (*wrapper, *(command or SERVE))
        self._output = data.with_name(data.name + ".output")
        self._earlier_output = ""
        self._popen: subprocess.Popen[bytes] | warm.WarmProcess | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def pid(self) -> int:
        assert self._popen is not None
        return self._popen.pid

    @property
    def setup_code(self) -> str:
        """What it asks for before there is a company; empty when it asks for nothing."""
        file = self.data / "keys" / "setup.code"
        return file.read_text() if file.exists() else ""

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        return self._popen is not None and self._popen.poll() is None

    @property
    def output(self) -> str:
        """Everything it has written since the last start."""
        return self._output.read_text()

    @property
    def all_output(self) -> str:
        """Everything it has written in all its lives."""
        return self._earlier_output + self.output

    def environ(self) -> dict[str, str]:
        own = {"BILIN_DATA_DIR": str(self.data), "BILIN_HTTP_PORT": str(self.port)}
        return (
            {name: value for name, value in os.environ.items() if not name.startswith("BILIN_")} | own | self._environ
        )

    def start(self, *, wait: bool = True) -> "SiteProcess":
        """Returns when it is ready and has said so."""
        if self._popen is not None:
            self._earlier_output = self.all_output
        if not self._is_empty and not self.data.exists():
            self.data.mkdir(mode=0o700)
            copy_postgres(self.data / "postgres")
        with self._output.open("wb") as output:
            self._popen = self._begin(output)
        if wait:
            self.wait_ready()
            self.wait_until("Ctrl-C stops everything.")
        return self

    def _begin(self, output: IO[bytes]) -> "subprocess.Popen[bytes] | warm.WarmProcess":
        environ, folder = self.environ(), self.data.parent
        program, arguments = self._command[: len(warm.PROGRAM)], self._command[len(warm.PROGRAM) :]
        if self._as_installed or program != warm.PROGRAM:
            return subprocess.Popen(self._command, env=environ, stdout=output, stderr=output, cwd=folder)
        return warm.start(
            arguments, environ=environ, folder=folder, stdout=output, stderr=output, network=self._network
        )

    def wait_ready(self, within_s: float = READY_WITHIN_S) -> None:
        until = time.monotonic() + within_s
        while self.health()[0] != 200:
            assert self._popen is not None
            assert self._popen.poll() is None, f"it ended with code {self._popen.poll()}:\n{self.output}"
            assert time.monotonic() < until, f"not ready after {within_s} s:\n{self.output}"
            time.sleep(0.05)

    def health(self) -> tuple[int, dict[str, Any]]:
        """Status (0 when nobody answers) and body of /health."""
        try:
            with urllib.request.urlopen(f"{self.address}/health", timeout=5) as answer:
                return answer.status, msgspec.json.decode(answer.read())
        except urllib.error.HTTPError as answer:
            return answer.code, msgspec.json.decode(answer.read())
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return 0, {}

    def wait_until(self, text: str, within_s: float = READY_WITHIN_S, *, times: int = 1) -> None:
        """Until it has written something (so many times)."""
        until = time.monotonic() + within_s
        while self.output.count(text) < times:
            assert time.monotonic() < until, f"{text!r} is not in:\n{self.output}"
            time.sleep(0.02)

    def running(self) -> RunningSite:
        """What it says about itself in its lock file."""
        return msgspec.json.decode((self.data / "lock").read_bytes(), type=RunningSite)

    def processes(self) -> list[Seen]:
        """Everything it has started and that lives."""
        return descendants(self.pid)

    def send(self, number: signal.Signals) -> None:
        assert self._popen is not None
        self._popen.send_signal(number)

    def wait(self, within_s: float = END_WITHIN_S) -> int:
        """Its exit code."""
        assert self._popen is not None
        return self._popen.wait(within_s)

    def stop(self) -> int:
        """Ctrl-C, and its exit code."""
        self.send(signal.SIGINT)
        return self.wait()

    def end(self) -> None:
        """For the end of a test: whatever is left of it goes."""
        if self._popen is None or self._popen.poll() is not None:
            return
        below = self.processes()
        self.send(signal.SIGTERM)
        try:
            self.wait()
        except subprocess.TimeoutExpired:
            self.send(signal.SIGKILL)
            self.wait()
        for each in wait_until_gone(below, 10):
            os.kill(each.pid, signal.SIGKILL)


@contextmanager
def site(
    data: Path,
    environ: Mapping[str, str] | None = None,
    *,
    wrapper: Sequence[str] = (),
    command: Sequence[str] | None = None,
    as_installed: bool = False,
    is_empty: bool | None = None,
) -> Iterator[SiteProcess]:
    """A site that is not started yet, and that is gone after the block."""
    process = SiteProcess(data, environ, wrapper=wrapper, command=command, as_installed=as_installed, is_empty=is_empty)
    try:
        yield process
    finally:
        process.end()


def free_port() -> int:
    """A TCP port nobody listens on, and nobody will be given: not one of those the system gives to whoever asks for any
    (Linux: from 32768 on), and not one of another test process."""
    for port in _ports:
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise AssertionError("the ports never end")


def _own_ports() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    first = FIRST_PORT + worker % 10 * PORTS_EACH
    begin = os.getpid() * 37 % PORTS_EACH  # runs of several working copies on one machine begin apart
    return (first + (begin + step) % PORTS_EACH for step in itertools.count())


_ports = _own_ports()
