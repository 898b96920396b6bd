"""Starts a child process that cannot outlive its parent, and waits for its end without a thread.

Linux only: the kernel itself sends the death signal (`prctl(PR_SET_PDEATHSIG)`, prctl(2)), so that even `kill -9` of
the parent leaves no orphan. The signal follows the *thread* that forked: call `spawn` from the main thread only.
"""

import asyncio
import contextlib
import ctypes
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from pathlib import Path
from typing import IO

import msgspec

_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


class OsUser(msgspec.Struct, frozen=True):
    """Whom a child runs as."""

    name: str
    uid: int
    gid: int


class Process:
    """A running child."""

    def __init__(self, name: str, popen: "subprocess.Popen[bytes]") -> None:
        self.name = name
        self._popen = popen

    @property
    def pid(self) -> int:
        return self._popen.pid

    @property
    def exit_code(self) -> int | None:
        """None while it runs; negative when a signal ended it."""
        return self._popen.poll()

    async def wait(self) -> int:
        """Returns the exit code once the process has ended."""
        if self._popen.poll() is None:
            await self._ended()
        return self._popen.wait()

    async def stop(self, how: signal.Signals, within_s: float) -> int:
        """Asks it to end, and ends it by force when it has not after `within_s` seconds."""
        self.send(how)
        try:
            return await asyncio.wait_for(self.wait(), within_s)
        except TimeoutError:
            self.send(signal.SIGKILL)
            return await self.wait()

    def send(self, which: signal.Signals) -> None:
        """Sends a signal; nothing happens when the process has ended."""
        if self._popen.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self._popen.send_signal(which)

    async def _ended(self) -> None:
        loop = asyncio.get_running_loop()
        ended: asyncio.Future[None] = loop.create_future()
        descriptor = os.pidfd_open(self.pid)
        loop.add_reader(descriptor, _set_done, ended)
        try:
            await ended
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)


def _set_done(future: "asyncio.Future[None]") -> None:
    if not future.done():
        future.set_result(None)


@contextlib.asynccontextmanager
async def getting_ready(
    process: Process, how: signal.Signals = signal.SIGTERM, within_s: float = 5.0
) -> AsyncIterator[None]:
    """While we wait for a new child to be usable: if that fails or is called off, the child does not stay behind."""
    try:
        yield
    except BaseException:
        await process.stop(how, within_s)
        raise


def spawn(
    name: str,
    command: Sequence[str | Path],
    *,
    environ: Mapping[str, str],
    on_parent_death: signal.Signals = signal.SIGKILL,
    user: OsUser | None = None,
    folder: Path | None = None,
    output: IO[bytes] | None = None,
    keep_open: Sequence[int] = (),
) -> Process:
    """Starts a child in a session of its own, so that Ctrl-C in the terminal reaches only the parent.

    `output` takes both its streams (default: the parent's own); `keep_open` are descriptors it inherits.
    """
    popen = subprocess.Popen(  # noqa: S603 - the command is ours
        [str(part) for part in command],
        env=dict(environ),
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        start_new_session=True,
        pass_fds=tuple(keep_open),
        preexec_fn=_die_with_parent(os.getpid(), on_parent_death),  # safe: one thread
    )
    return Process(name, popen)


def _die_with_parent(parent: int, how: signal.Signals) -> Callable[[], None]:
    """What runs in the child between fork and exec, after the change of user (which would clear the death signal)."""

    def set_up() -> None:
        if _libc.prctl(_PR_SET_PDEATHSIG, int(how), 0, 0, 0) != 0:
            os._exit(126)
        if os.getppid() != parent:  # it died before the kernel knew our wish
            os._exit(125)

    return set_up
