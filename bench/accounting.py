"""What a tree of processes costs: CPU seconds and memory, from `/proc`."""

import os
from dataclasses import dataclass
from pathlib import Path

TICKS_PER_S = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Cpu:
    """CPU seconds (user + system), Bilin's own processes (NATS included) and PostgreSQL's apart."""

    bilin: float
    database: float

    @property
    def total(self) -> float:
        return self.bilin + self.database

    def __sub__(self, before: "Cpu") -> "Cpu":
        return Cpu(self.bilin - before.bilin, self.database - before.database)


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


def cpu_of(root: int) -> Cpu:
    """CPU seconds of the tree so far, with those of ended children that were waited for."""
    bilin = database = 0.0
    for pid in tree(root):
        try:
            stat = Path(f"/proc/{pid}/stat").read_text()
        except OSError:
            continue
        name = stat[stat.index("(") + 1 : stat.rindex(")")]
        fields = stat[stat.rindex(")") + 2 :].split()
        seconds = sum(map(int, fields[11:15])) / TICKS_PER_S
        if name.startswith("postgres"):
            database += seconds
        else:
            bilin += seconds
    return Cpu(bilin, database)


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
