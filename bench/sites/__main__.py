"""`python -m bench.sites`: two sites on this machine, a quarter of an hour; arguments: `steady merging copying`."""

import gc
import sys

import uvloop

from bench.__main__ import describe_machine
from bench.readme import SITES_MACHINE
from bench.report import Report
from bench.sites import workloads


async def run(wanted: list[str]) -> None:
    """One workload after another, each on two sites of its own."""
    machine = describe_machine()
    print(machine, flush=True)
    report = Report()
    gc.freeze()
    for name in wanted:
        print(f"workload {name}", flush=True)
        await getattr(workloads, name)(report)
    report.finish()
    SITES_MACHINE.write_text(machine + "\n")


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1:] or ["steady", "merging", "copying"]))
