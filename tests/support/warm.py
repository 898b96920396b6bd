"""`bilin` without the seconds in which Python reads it: forks of a process that has read everything already.

The tests start the program hundreds of times. Here it is read once; each start is a fork that goes on where
`python -m bilin.app.cli` would have come to by then, in an environment, a folder and an output of its own. A supervisor
that was started so forks its web process and its worker in the same way. The program knows nothing of it. What tests of
starting and ending are about (that no process outlives another, who runs as whom) is asked of real starts: there the
supervisor runs `python -m bilin.app.web`.

Until it forks, this process has no thread, no event loop, no connection but the one below, and no secret.
"""

import asyncio
import atexit
import contextlib
import ctypes
import functools
import gc
import importlib
import os
import pkgutil
import runpy
import select
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any

import msgspec

ROOT = Path(__file__).parents[2]
PROGRAM = (sys.executable, "-m", "bilin.app.cli")
READ_AGAIN = ("bilin.app.web", "bilin.app.worker")
"""What `python -m` reads as the main program, whether it was read before or not."""
NUMBER = struct.Struct("=i")
LARGEST_ORDER = 1 << 20
ROOM = " " * 1_000
"""An argument that does nothing: forks write there what they are, for who looks at the processes."""
END_WITHIN_S = 20.0
"""Seconds that a program has to end by itself once its tests are gone."""
PR_SET_PDEATHSIG = 1
CLONE_NEWNET = 0x4000_0000
FIRST_FREE, LAST = 3, os.sysconf("SC_OPEN_MAX")


class Order(msgspec.Struct, frozen=True):
    """One start."""

    arguments: list[str]
    environ: dict[str, str]
    folder: str
    network: str = ""
    """The file of the network namespace to start in (namespaces(7)); empty: ours."""


class WarmProcess:
    """What `subprocess.Popen` would be for it. Any number of threads may ask."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self.pid: int = NUMBER.unpack(control.recv(NUMBER.size))[0]

    def poll(self) -> int | None:
        """Its exit code; None while it runs."""
        return self._code(0)

    def wait(self, timeout: float | None = None) -> int:
        """Its exit code, once it has ended. Raises `subprocess.TimeoutExpired`."""
        code = self._code(timeout)
        if code is None:
            raise subprocess.TimeoutExpired(PROGRAM, timeout or 0)
        return code

    def send_signal(self, number: int) -> None:
        """Sends it a signal; nothing happens when it has ended."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def _code(self, timeout_s: float | None) -> int | None:
        waiting = select.poll()
        waiting.register(self._control, select.POLLIN)
        if not waiting.poll(None if timeout_s is None else timeout_s * 1000):
            return None
        said = self._control.recv(NUMBER.size, socket.MSG_PEEK)
        return int(NUMBER.unpack(said)[0]) if said else -signal.SIGKILL


def start(
    arguments: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path,
    stdout: IO[Any],
    stderr: IO[Any],
    network: str = "",
) -> WarmProcess:
    """`bilin` with these arguments, as `subprocess.Popen` would start it."""
    ours, theirs = socket.socketpair()
    with theirs:
        order = msgspec.json.encode(Order(list(arguments), dict(environ), str(folder), network))
        socket.send_fds(_warm(), [order], [theirs.fileno(), stdout.fileno(), stderr.fileno()])
    return WarmProcess(ours)


def run(
    arguments: Sequence[str],
    *,
    environ: Mapping[str, str],
    folder: Path = ROOT,
    within_s: float = 60.0,
    network: str = "",
) -> "subprocess.CompletedProcess[str]":
    """What `bilin` says to these arguments, and how it ends."""
    with tempfile.TemporaryFile("w+") as stdout, tempfile.TemporaryFile("w+") as stderr:
        process = start(arguments, environ=environ, folder=folder, stdout=stdout, stderr=stderr, network=network)
        try:
            code = process.wait(within_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            raise
        stdout.seek(0)
        stderr.seek(0)
        return subprocess.CompletedProcess([*PROGRAM, *arguments], code, stdout.read(), stderr.read())


@functools.cache
def _warm() -> socket.socket:
    """The line to the process that has read everything, one for each process of tests; it ends with us."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.support.warm", ROOM]
        process = subprocess.Popen(command, stdin=theirs.fileno(), cwd=ROOT, start_new_session=True)

    def end() -> None:
        ours.close()
        process.wait()

    atexit.register(end)
    return ours


def _read_everything() -> None:
    import bilin.app

    for found in pkgutil.walk_packages(bilin.app.__path__, "bilin.app."):
        if ".versions" not in found.name and not found.name.endswith((".env", ".as_user")):
            importlib.import_module(found.name)


def _take_orders() -> list[str]:
    """Fork for each order, until nobody gives orders any more. Returns the arguments, in a fork only."""
    line = socket.socket(fileno=0)
    signal.signal(signal.SIGCHLD, _reap)
    while True:
        data, descriptors, _, _ = socket.recv_fds(line, LARGEST_ORDER, 3)
        if not data:
            os._exit(0)
        if os.fork() == 0:
            _watch(*descriptors)
            order = msgspec.json.decode(data, type=Order)
            if order.network:
                _enter(order.network)
            _become([*PROGRAM, *order.arguments], order.environ)
            os.chdir(order.folder)
            return order.arguments
        for each in descriptors:
            os.close(each)


def _reap(*_: object) -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _enter(network: str) -> None:
    """What `nsenter --net` does before it runs a program (setns(2))."""
    with Path(network).open("rb") as namespace:
        assert ctypes.CDLL(None).setns(namespace.fileno(), CLONE_NEWNET) == 0, network


def _watch(control: int, stdout: int, stderr: int) -> None:
    """Fork once more, and tell the number and the end of that one. Returns in it alone.

    Where nobody listens any more, because the tests were killed, it is ended as well.
    """
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if (pid := os.fork()) == 0:
        os.dup2(stdout, 1)
        os.dup2(stderr, 2)
        return
    os.close(stdout)
    os.close(stderr)
    os.write(control, NUMBER.pack(pid))
    if not _ends_while_heard(pid, control):
        os.kill(pid, signal.SIGTERM)
        if not select.select([os.pidfd_open(pid)], [], [], END_WITHIN_S)[0]:
            os.kill(pid, signal.SIGKILL)
    _, status = os.waitpid(pid, 0)
    with contextlib.suppress(OSError):  # nobody listens any more
        os.write(control, NUMBER.pack(os.waitstatus_to_exitcode(status)))
    os._exit(0)


def _ends_while_heard(pid: int, control: int) -> bool:
    """Wait until a process ends, or nobody is left at the other end of `control`; whether it was the first."""
    waiting = select.poll()
    ended = os.pidfd_open(pid)
    waiting.register(ended, select.POLLIN)
    waiting.register(control, 0)  # POLLHUP is always told
    found = dict(waiting.poll())
    return ended in found


def _become(command: Sequence[str], environ: Mapping[str, str]) -> None:
    """What a new program would find: its environment, no open files, no signals but the usual."""
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.closerange(FIRST_FREE, LAST)
    os.environ.clear()
    os.environ.update(environ)
    signal.set_wakeup_fd(-1)
    for number in (signal.SIGTERM, signal.SIGCHLD):
        signal.signal(number, signal.SIG_DFL)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:
        signal.signal(signal.SIGHUP, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdout.reconfigure(write_through="PYTHONUNBUFFERED" in environ)  # type: ignore[union-attr]
    sys.argv = list(command[2:])
    _show(command)


def _show(command: Sequence[str]) -> None:
    """Let /proc/<pid>/cmdline say what this is (proc(5): 48 and 49 are where the arguments lie)."""
    fields = Path("/proc/self/stat").read_text().rpartition(")")[2].split()
    begin, end = int(fields[48 - 3]), int(fields[49 - 3])
    text = b"\0".join(part.encode() for part in command)[: end - begin - 1]
    ctypes.memmove(begin, text.ljust(end - begin, b"\0"), end - begin)


def fork_role(name: str, command: Sequence[str | Path], *, environ: Mapping[str, str]) -> Any:
    """`bilin.app.processes.spawn` for a process that is a module of ours."""
    from bilin.app.processes import Process

    parent = os.getpid()
    if (pid := os.fork()) != 0:
        return Process(name, Forked(pid))  # type: ignore[arg-type]  # it asks no more of a child
    code = 1
    try:
        os.setsid()
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() == parent:
            code = _run_module([str(part) for part in command], environ)
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)  # below us lie the supervisor's own calls, and its event loop


def _run_module(command: Sequence[str], environ: Mapping[str, str]) -> int:
    asyncio._set_running_loop(None)
    asyncio.set_event_loop(None)
    _become(command, environ)
    for each in READ_AGAIN:
        sys.modules.pop(each, None)
    try:
        runpy.run_module(command[2], run_name="__main__", alter_sys=True)
    except SystemExit as ended:
        return ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    return 0


class Forked:
    """A child that was forked, as `Process` wants it."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        return self._reap(os.WNOHANG)

    def wait(self) -> int:
        code = self._reap(0)
        assert code is not None
        return code

    def send_signal(self, number: int) -> None:
        os.kill(self.pid, number)

    def _reap(self, options: int) -> int | None:
        if self.returncode is None:
            pid, status = os.waitpid(self.pid, options)
            self.returncode = os.waitstatus_to_exitcode(status) if pid else None
        return self.returncode


def main() -> None:
    """Read everything, wait for orders, and in each fork be the program."""
    _read_everything()
    gc.collect()
    gc.freeze()
    arguments = _take_orders()
    from bilin.app import cli
    from bilin.app.supervisor import roles

    vars(roles)["spawn"] = fork_role
    cli.main(arguments)


if __name__ == "__main__":
    main()
