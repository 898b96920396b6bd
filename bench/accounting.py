"""What a tree of processes costs: CPU seconds and memory, from `/proc`."""

from dataclasses import dataclass
from pathlib import Path

NS_PER_S = 1e9


@dataclass(frozen=True, slots=True)
class Cpu:
    """CPU seconds (user + system), the server's own processes (NATS included) and PostgreSQL's apart."""

    bilin: float
    database: float

    @property
    def total(self) -> float:
        return self.bilin + self.database


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU nanoseconds of each living process so far, and whether it is PostgreSQL's."""

    by_pid: dict[int, tuple[bool, int]]

    def __sub__(self, before: "Spent") -> Cpu:
        """What was spent since then; processes that ended meanwhile count for nothing."""
        seconds = {True: 0.0, False: 0.0}
        for pid, (is_database, spent_ns) in self.by_pid.items():
            earlier = before.by_pid.get(pid, (is_database, 0))[1]
            seconds[is_database] += max(0, spent_ns - earlier) / NS_PER_S
        return Cpu(seconds[False], seconds[True])


def tree(root: int) -> list[int]:
    """A process and everything below it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                stat = (entry / "stat").read_text()
            except OSError:
                continue
            parent = int(stat[stat.rindex(")") + 2 :].split()[1])
            children.setdefault(parent, []).append(int(entry.name))
    found, waiting = [], [root]
    while waiting:
        pid = waiting.pop()
        found.append(pid)
        waiting += children.get(pid, [])
    return found


def cpu_of(*roots: int) -> Spent:
    """What the trees have spent so far, to the nanosecond: the clock's ticks of `stat` miss what runs for less than
    one, as everything does in a quiet hour."""
    found: dict[int, tuple[bool, int]] = {}
    for root in roots:
        for pid in tree(root):
            try:
                name = Path(f"/proc/{pid}/comm").read_text()
                tasks = list(Path(f"/proc/{pid}/task").iterdir())
            except OSError:
                continue
            found[pid] = name.startswith("postgres"), sum(map(_spent_ns, tasks))
    return Spent(found)


def _spent_ns(task: Path) -> int:
    try:
        return int((task / "schedstat").read_text().split()[0])
    except OSError:
        return 0  # it ended


def memory_kib(root: int) -> int:
    """Proportional set size of the tree: shared pages counted once."""
    total = 0
    for pid in tree(root):
        try:
            lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        except OSError:
            continue
        total += next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
    return total
