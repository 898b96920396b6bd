"""`make bench-compare`: this tree beside an earlier commit, in one run on one machine.

Both are started in turn, five times each (old, new, new, old, …), under the same load from the same client, and the
medians are compared. Rates are fixed and far below what the machine sustains: CPU and latency at one rate say more
about a change of a few per cent than the highest rate, which moves in steps.

Arguments: the commit (default: the one the budget is held to), `--rounds N`, and the workloads (`A B C D`). Exits with
1 when a figure that is held to the budget got worse by more than 5 %.
"""

import argparse
import gc
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median

import uvloop

from bench import server as servers
from bench.__main__ import PEOPLE, describe_machine
from bench.load import run_step
from bench.server import Server
from bench.socket_client import Deliveries
from bench.workloads import B_MEMBERS, connect_all, history_ms, make_room, memory_per_connection_kib, rooms_of_five

BASE = "2bd78ed"
"""What workloads A to D are held to."""
BUDGET = 1.05
TREES = Path("var/bench-compare")
OUTCOME = TREES / "outcome.json"
HELD = {"A cpu", "A10 acked p50", "A10 delivered p50", "B cpu", "C memory", "D history p50"}
"""The 99th percentiles and latencies under load are shown and not held: on a shared machine they vary by more."""

Figures = dict[str, float]


async def workload_a(server: Server, figures: Figures) -> None:
    """One room of 100 with 10 senders: at the pace of an office, and at half of what is sustained."""
    people = server.people[:100]
    tally = Deliveries()
    room = await make_room(server, "A", people, senders=10)
    clients = await connect_all(server, people, tally)
    await run_step(server, [room], 10, 2.0, tally)
    quiet = await run_step(server, [room], 10, 15.0, tally)
    figures["A10 acked p50"], figures["A10 acked p99"] = quiet.ack_ms
    figures["A10 delivered p50"], figures["A10 delivered p99"] = quiet.delivered_ms
    await run_step(server, [room], 600, 2.0, tally)
    busy = await run_step(server, [room], 600, 8.0, tally)
    figures["A cpu"], figures["A delivered p50"] = busy.cpu_per_1000, busy.delivered_ms[0]
    for client in clients:
        client.close()


async def workload_b(server: Server, figures: Figures) -> None:
    """200 rooms of 5, everybody online."""
    tally = Deliveries()
    rooms = await rooms_of_five(server)
    clients = await connect_all(server, server.people[:B_MEMBERS], tally)
    await run_step(server, rooms, 1500, 2.0, tally)
    busy = await run_step(server, rooms, 1500, 8.0, tally)
    figures["B cpu"], figures["B delivered p50"] = busy.cpu_per_1000, busy.delivered_ms[0]
    for client in clients:
        client.close()


async def workload_c(server: Server, figures: Figures) -> None:
    """Memory of an idle connection, KiB."""
    figures["C memory"] = await memory_per_connection_kib(server)


async def workload_d(server: Server, figures: Figures) -> None:
    """The latest 50 of a room of 10,000."""
    times = await history_ms(server)
    figures["D history p50"], figures["D history p99"] = times[len(times) // 2], times[int(len(times) * 0.99)]


WORKLOADS: dict[str, Callable[[Server, Figures], Awaitable[None]]] = {
    "C": workload_c, "A": workload_a, "B": workload_b, "D": workload_d,
}  # fmt: skip
"""In this order: memory is measured before the server has done anything else."""


def prepared(commit: str) -> Path:
    """The tree of a commit with its own packages, beside this one's data."""
    full = subprocess.check_output(["git", "rev-parse", "--short=12", f"{commit}^{{commit}}"], text=True).strip()  # noqa: S607
    tree = (TREES / full).absolute()
    if not (tree / "Makefile").exists():
        tree.parent.mkdir(parents=True, exist_ok=True)
        archive = subprocess.Popen(["git", "archive", full], stdout=subprocess.PIPE)  # noqa: S607
        tree.mkdir()
        subprocess.run(["tar", "-x", "-C", str(tree)], stdin=archive.stdout, check=True)  # noqa: S607
        if archive.wait():
            shutil.rmtree(tree)
            raise SystemExit(f"git archive {full} failed")
    without = {
        name: value for name, value in os.environ.items() if name not in {"MAKEFLAGS", "MAKELEVEL", "VIRTUAL_ENV"}
    }
    subprocess.run(["make", "setup"], cwd=tree, env=without, check=True, stdout=subprocess.DEVNULL)  # noqa: S607
    return tree


async def measure(tree: Path, wanted: list[str]) -> Figures:
    """One start of a tree's server and what it costs under load."""
    figures: Figures = {}
    server = await servers.start(PEOPLE, tree)
    try:
        gc.collect()
        gc.freeze()
        for letter in wanted:
            await WORKLOADS[letter](server, figures)
    finally:
        server.stop()
        gc.unfreeze()
    shutil.rmtree(server.folder, ignore_errors=True)
    return figures


async def compare(commit: str, rounds: int, wanted: list[str]) -> int:
    """Both in turn; each round begins with the one that ended the last, so that drift of the machine falls on both."""
    print(describe_machine(), flush=True)
    trees = {"old": prepared(commit), "new": Path.cwd()}
    runs: dict[str, list[Figures]] = {"old": [], "new": []}
    for number in range(rounds):
        for name in ("old", "new") if number % 2 == 0 else ("new", "old"):
            runs[name].append(await measure(trees[name], wanted))
            shown = ", ".join(f"{metric} {value:.4g}" for metric, value in runs[name][-1].items())
            print(f"round {number + 1} {name}: {shown}", flush=True)
    OUTCOME.write_text(json.dumps({"commit": commit, "machine": describe_machine(), **runs}, indent=1) + "\n")
    return verdict(runs["old"], runs["new"])


def verdict(old: list[Figures], new: list[Figures]) -> int:
    """Prints medians and their ratio; 1 when a held figure is over the budget."""
    print(f"\n{'figure':<20} {'old':>10} {'new':>10} {'ratio':>7}   spread old / new")
    over = []
    for metric in old[0]:
        before, after = ([run[metric] for run in runs] for runs in (old, new))
        ratio = median(after) / median(before)
        too_much = metric in HELD and ratio > BUDGET
        if too_much:
            over.append(metric)
        print(
            f"{metric:<20} {median(before):>10.4g} {median(after):>10.4g} {ratio:>7.3f}   "
            f"{spread(before):.0%} / {spread(after):.0%}{'   OVER THE BUDGET' if too_much else ''}"
            f"{'' if metric in HELD else '   (not held)'}"
        )
    held = len(HELD & old[0].keys())
    print(f"\nWorse by more than {BUDGET - 1:.0%}: {', '.join(over) or 'none'} (of {held} figures that are held to it)")
    return 1 if over else 0


def spread(values: list[float]) -> float:
    """From the lowest to the highest, in parts of the median: what a ratio has to exceed to mean anything."""
    return (max(values) - min(values)) / median(values)


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.compare", description="This tree beside an earlier commit.")
    parser.add_argument("workloads", nargs="*", default=list(WORKLOADS), metavar="A|B|C|D")
    parser.add_argument("--commit", default=BASE)
    parser.add_argument("--rounds", type=int, default=5)
    asked = parser.parse_args()
    return uvloop.run(compare(asked.commit, asked.rounds, [each for each in WORKLOADS if each in asked.workloads]))


if __name__ == "__main__":
    sys.exit(main())
