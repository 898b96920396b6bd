"""What takes hours, one part after the other: `make test-night`. The result and the time of each stand at the end.

`TEST_EFFORT` says how many times as many random cases are tried as by day (`tests.support.effort`).
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass

SEEDS = 10_000
EFFORT = "20"
LAYOUTS = ("tests/crash", "tests/slow/test_cluster.py", "tests/slow/machines")


@dataclass(frozen=True)
class Part:
    """One command, and what it is for."""

    name: str
    command: tuple[str, ...]


PARTS = (
    Part(f"{SEEDS:,} histories of simulated sites", ("make", "simulate", f"SEEDS={SEEDS}")),
    Part("Each rule taken out in turn", ("make", "mutants")),
    Part("More random cases for the server", ("pytest", "-q", "-n", "2", "-m", "hypothesis", "tests")),
    Part("More random companies", ("pytest", "-q", "-n", "2", "--dist", "loadgroup", "tests/convergence")),
    Part("More random texts in the browser", ("npm", "--prefix", "web", "run", "--silent", "test", "--", "round-trip")),
    Part("Each part killed, in each layout", ("pytest", "-q", "-n", "1", *LAYOUTS)),
    Part("Every way of typing, in real browsers", ("make", "test-every-key")),
    Part("What the writer takes", ("make", "bench-writer")),
    Part("What a request costs in two web processes", ("python", "-m", "bench.roles", "2")),
    Part("Everybody back after a crash", ("make", "bench-herd")),
)


@dataclass(frozen=True)
class Result:
    """How a part ended."""

    part: Part
    code: int
    seconds: float

    def __str__(self) -> str:
        minutes, seconds = divmod(round(self.seconds), 60)
        return f"{'holds ' if self.code == 0 else 'FAILED'}  {minutes:4d} min {seconds:02d} s  {self.part.name}"


def run(part: Part) -> Result:
    """Run it to its end, showing what it says."""
    print(f"\n{part.name}: {' '.join(part.command)}", flush=True)
    began = time.monotonic()
    code = subprocess.run(part.command, env=os.environ | {"TEST_EFFORT": EFFORT}, check=False).returncode
    return Result(part, code, time.monotonic() - began)


def main(parts: tuple[Part, ...] = PARTS) -> int:
    """The exit code: 0 when every part holds. One that fails does not keep the others from running."""
    results = [run(part) for part in parts]
    print("\n" + "\n".join(map(str, results)))
    return 1 if any(result.code for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
