"""Which program has a TCP port, from /proc (proc(5)): a person wants its name, and not "address already in use"."""

import contextlib
import errno
import socket
from dataclasses import dataclass
from pathlib import Path

LISTENING = "0A"
TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
UNKNOWN = "another program"


@dataclass(frozen=True, slots=True)
class ListeningProgram:
    """A program that listens on a port; without a number where we may not see whose it is."""

    name: str = UNKNOWN
    pid: int | None = None

    def __str__(self) -> str:
        return self.name if self.pid is None else f"{self.name} (process {self.pid})"

    def is_child_of(self, ancestor: int) -> bool:
        """Whether the process, or one that started it, is this one."""
        pid = self.pid
        while pid and pid != ancestor:
            pid = _parent(pid)
        return pid == ancestor


def refusal_of(host: str, port: int) -> OSError | None:
    """Why nobody could begin to listen there now; None: somebody could."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as refused:
            return refused
    return None


def program_on(host: str, port: int) -> ListeningProgram | None:
    """Who keeps us from listening there, such as `nginx (process 812)`; None when nobody does."""
    refused = refusal_of(host, port)
    return _program(port) if refused is not None and refused.errno == errno.EADDRINUSE else None


def _program(port: int) -> ListeningProgram:
    inodes = {f"socket:[{inode}]" for table in TABLES for inode in _listeners(Path(table), port)}
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and _has_any(process, inodes):
            with contextlib.suppress(OSError):
                return ListeningProgram((process / "comm").read_text().strip(), int(process.name))
    return ListeningProgram()


def _parent(pid: int) -> int | None:
    with contextlib.suppress(OSError):
        stat = Path("/proc", str(pid), "stat").read_text()
        return int(stat.rpartition(")")[2].split()[1])  # the name before it may hold blanks and brackets
    return None


def _listeners(table: Path, port: int) -> list[str]:
    """The inodes of the sockets that listen on a port."""
    with contextlib.suppress(OSError):
        rows = [line.split() for line in table.read_text().splitlines()[1:]]
        return [row[9] for row in rows if row[3] == LISTENING and int(row[1].rpartition(":")[2], 16) == port]
    return []


def _has_any(process: Path, sockets: set[str]) -> bool:
    with contextlib.suppress(OSError):
        for descriptor in (process / "fd").iterdir():
            with contextlib.suppress(OSError):
                if str(descriptor.readlink()) in sockets:
                    return True
    return False
