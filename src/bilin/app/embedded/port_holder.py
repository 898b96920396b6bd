"""Which program has a TCP port, from /proc (proc(5)): a person wants its name, and not "address already in use"."""

import contextlib
import errno
import socket
from pathlib import Path

LISTENING = "0A"
TABLES = ("/proc/net/tcp", "/proc/net/tcp6")
UNKNOWN = "another program"


def holder_of(host: str, port: int) -> str | None:
    """Who keeps us from listening there, such as `nginx (process 812)`; None when nobody does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as refused:
            return _program(port) if refused.errno == errno.EADDRINUSE else None
    return None


def _program(port: int) -> str:
    inodes = {f"socket:[{inode}]" for table in TABLES for inode in _listeners(Path(table), port)}
    for process in Path("/proc").iterdir():
        if process.name.isdigit() and _has_any(process, inodes):
            with contextlib.suppress(OSError):
                return f"{(process / 'comm').read_text().strip()} (process {process.name})"
    return UNKNOWN


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
