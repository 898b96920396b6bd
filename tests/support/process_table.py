"""Looking at processes through /proc: who descends from whom, and who is still there."""

import contextlib
import time
from pathlib import Path

import msgspec


class Seen(msgspec.Struct, frozen=True):
    """A process, told apart from a later one with the same number by the time it started."""

    pid: int
    started: int
    name: str
    command: str

    @property
    def is_alive(self) -> bool:
        now = look_at(self.pid)
        return now is not None and now.started == self.started


def look_at(pid: int) -> Seen | None:
    """None when it has ended (a zombie has)."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text()
        command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except (FileNotFoundError, ProcessLookupError):
        return None
    name, rest = stat[stat.index("(") + 1 : stat.rindex(")")], stat[stat.rindex(")") + 2 :].split()
    return None if rest[0] in "ZX" else Seen(pid=pid, started=int(rest[19]), name=name, command=command)


def descendants(pid: int) -> list[Seen]:
    """All living processes below one, at any depth."""
    found: list[Seen] = []
    for child in _children(pid):
        if (seen := look_at(child)) is not None:
            found += [seen, *descendants(child)]
    return found


def wait_until_gone(processes: list[Seen], within_s: float) -> list[Seen]:
    """Those that are still there after `within_s` seconds; empty as soon as all have ended."""
    until = time.monotonic() + within_s
    while (left := [each for each in processes if each.is_alive]) and time.monotonic() < until:
        time.sleep(0.02)
    return left


def _children(pid: int) -> list[int]:
    """Its children as of now; none of a process that ends while we look."""
    found: list[int] = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for task in Path(f"/proc/{pid}/task").glob("*/children"):
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                found += [int(child) for child in task.read_text().split()]
    return found
