"""`make bench`: start a server, measure, stop it. About four minutes. Arguments: the workloads to run (`A D`)."""

import gc
import os
import platform
import shutil
import sys
import tempfile
from pathlib import Path
from time import perf_counter

import uvloop

from bench import server as servers
from bench import workloads
from bench.readme import MACHINE
from bench.report import Report

PEOPLE = 1000


def describe_machine() -> str:
    """What the figures depend on most."""
    facts = [line.partition(":") for line in Path("/proc/cpuinfo").read_text().splitlines()]
    model = next((value.strip() for name, _, value in facts if name.startswith("model name")), "unknown processor")
    return (
        f"{os.cpu_count()} x {model}, Linux {platform.release()}, Python {platform.python_version()}, "
        f"fdatasync p50 {fdatasync_ms():.2f} ms, load {os.getloadavg()[0]:.1f}"
    )


def fdatasync_ms() -> float:
    """The floor of every durable acknowledgement: the median time of one small flush to this disk."""
    times = []
    with tempfile.NamedTemporaryFile() as file:
        for _ in range(51):
            os.write(file.fileno(), b"x" * 512)
            began = perf_counter()
            os.fdatasync(file.fileno())
            times.append((perf_counter() - began) * 1000)
    return sorted(times)[25]


async def run(wanted: list[str]) -> None:
    """All workloads against one server, one after another."""
    machine = describe_machine()
    print(machine, flush=True)
    report = Report()
    server = await servers.start(PEOPLE)
    try:
        gc.freeze()
        for letter in wanted:
            print(f"workload {letter}", flush=True)
            await getattr(workloads, f"workload_{letter.lower()}")(server, report)
    finally:
        server.stop()
    shutil.rmtree(server.folder, ignore_errors=True)
    report.finish()
    MACHINE.write_text(machine + "\n")


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1:] or ["C", "A", "B", "D"]))
