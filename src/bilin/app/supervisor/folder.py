"""The data folder belongs to one supervisor at a time."""

import asyncio
import contextlib
import fcntl
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from bilin.app.supervisor.errors import FolderInUse, FolderRefused

WAIT_STEP_S = 0.1


class RunningSite(msgspec.Struct, frozen=True):
    """What the supervisor that holds a folder says about itself, in the lock file (mode 0600)."""

    pid: int
    address: str = ""
    database_url: str = ""
    nats_url: str = ""

    @property
    def is_alive(self) -> bool:
        """Whether its process is there."""
        return Path("/proc", str(self.pid)).is_dir()


class FolderLock:
    """An flock(2) on ``<data>/lock``. The kernel lets go of it when its holder dies, however it dies.

    The embedded PostgreSQL inherits the descriptor: as long as it is still shutting down, the folder stays locked.
    """

    def __init__(self, data: Path, name: str = "lock") -> None:
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.descriptor = os.open(data / name, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as refused:
            raise FolderRefused(f"{data}: {refused.strerror}") from refused
        self._data = data

    async def acquire(self, waiting: Callable[[], None]) -> None:
        """Waits while the last holder is ending, and calls `waiting` once. `FolderInUse` when the holder lives."""
        has_told = False
        while not self.try_acquire():
            holder = self.holder()
            if holder and holder.is_alive:
                at = f" at {holder.address}" if holder.address else ""
                raise FolderInUse(f"Bilin runs on {self._data} already{at} (process {holder.pid}).")
            if not has_told:
                waiting()
                has_told = True
            await asyncio.sleep(WAIT_STEP_S)

    def try_acquire(self) -> bool:
        """Takes the folder when nobody has it."""
        try:
            fcntl.flock(self.descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.tell(RunningSite(pid=os.getpid()))
        return True

    def holder(self) -> RunningSite | None:
        """What the present or last holder wrote; None when nothing readable is there."""
        try:
            return msgspec.json.decode(os.pread(self.descriptor, 10_000, 0), type=RunningSite)
        except msgspec.DecodeError:
            return None

    def tell(self, running: RunningSite) -> None:
        """Writes down how to reach this site, for commands that join it."""
        text = msgspec.json.encode(running)
        os.pwrite(self.descriptor, text, 0)
        os.ftruncate(self.descriptor, len(text))

    def release(self) -> None:
        """Lets the next one in."""
        os.ftruncate(self.descriptor, 0)
        self.close()

    def close(self) -> None:
        """Forgets a folder that somebody else has."""
        os.close(self.descriptor)


def running_web(data: Path) -> RunningSite | None:
    """The supervisor that runs a web process on a folder, as it describes itself; None when none is seen."""
    return next((said for said in _running(data) if said.address), None)


def running_site(data: Path) -> RunningSite | None:
    """Any supervisor on a folder that says how its database is reached; None when none is seen."""
    return next((said for said in _running(data) if said.database_url), None)


def _running(data: Path) -> Iterator[RunningSite]:
    for lock in sorted(data.glob("lock*")):
        with contextlib.suppress(OSError, msgspec.DecodeError):
            said = msgspec.json.decode(lock.read_bytes(), type=RunningSite)
            if said.is_alive:
                yield said
