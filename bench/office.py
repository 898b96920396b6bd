"""The pace of an office: ten messages a second, and nobody at all, with a thousand people online.

`python -m bench.office`: this tree; with `--commit` an earlier one in turn with it, as `bench.compare` does.
`make bench-peers`: beside ejabberd and Prosody, in turn, with clients that cost the machine as much (`bench.peers`).

CPU is that of all processes, PostgreSQL included, to the nanosecond. Latencies count from when a message was due.
"""

import argparse
import asyncio
import gc
import json
import shutil
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Protocol

import uvloop

from bench import server as servers
from bench.__main__ import PEOPLE, describe_machine
from bench.accounting import cpu_of
from bench.compare import prepared
from bench.load import Chat, Room, Step, run_step
from bench.report import IDLE, OF_FIVE, OF_HUNDRED, OFFICE
from bench.server import Person, Server
from bench.socket_client import Deliveries
from bench.workloads import connect_all, make_room

RATE = 10.0
WARM_UP_S, STEP_S, IDLE_S = 3.0, 20.0, 60.0

Figures = dict[str, float]


class Office(Chat, Protocol):
    """A server whose people can meet."""

    @property
    def people(self) -> Sequence[Person]: ...

    async def connect(self, tally: Deliveries) -> None:
        """Everybody online."""

    async def room(self, title: str, people: Sequence[Person], senders: int) -> Room:
        """A room in which these people are."""

    def stop(self) -> None:
        """End it, and throw its data away."""


@dataclass(slots=True)
class Bilin:
    """A Bilin server as an office."""

    server: Server

    @property
    def people(self) -> Sequence[Person]:
        return self.server.people

    @property
    def pids(self) -> Sequence[int]:
        return self.server.pids

    async def say(self, room: str, sender: Person, mark: str, *, in_text: bool) -> None:
        await self.server.say(room, sender, mark, in_text=in_text)

    async def connect(self, tally: Deliveries) -> None:
        await connect_all(self.server, self.people, tally)

    async def room(self, title: str, people: Sequence[Person], senders: int) -> Room:
        return await make_room(self.server, title, people, senders)

    def stop(self) -> None:
        self.server.stop()
        shutil.rmtree(self.server.folder, ignore_errors=True)


async def bilin(tree: Path | None = None) -> Office:
    """A server of this tree, or of another one."""
    return Bilin(await servers.start(PEOPLE, tree))


async def measure(office: Office) -> Figures:
    """Both shapes and nothing at all."""
    figures: Figures = {}
    gc.collect()
    gc.freeze()
    try:
        tally = Deliveries()
        await office.connect(tally)
        people = office.people
        fives = [await office.room(f"five{at}", people[at : at + 5], 5) for at in range(0, PEOPLE, 5)]
        hundred = await office.room("hundred", people[:100], 10)
        await asyncio.sleep(WARM_UP_S)
        for name, rooms in ((OF_FIVE, fives), (OF_HUNDRED, [hundred])):
            await run_step(office, rooms, RATE, WARM_UP_S, tally)
            figures |= _told(name, await run_step(office, rooms, RATE, STEP_S, tally))
        await asyncio.sleep(WARM_UP_S)
        before = cpu_of(*office.pids)
        await asyncio.sleep(IDLE_S)
        figures[IDLE] = (cpu_of(*office.pids) - before).total / IDLE_S * 100
    finally:
        office.stop()
        gc.unfreeze()
    return figures


def _told(name: str, step: Step) -> Figures:
    if step.delivered != step.expected:
        print(f"    {name}: {step.delivered} of {step.expected} were delivered")
    return {
        f"{name}: ms CPU a message": step.cpu.total / (RATE * STEP_S) * 1000,
        f"{name}: s CPU per 1,000 deliveries": step.cpu_per_1000,
        f"{name}: acked p50": step.ack_ms[0],
        f"{name}: acked p99": step.ack_ms[1],
        f"{name}: delivered p50": step.delivered_ms[0],
        f"{name}: delivered p99": step.delivered_ms[1],
    }


Starts = dict[str, Callable[[], Awaitable[Office]]]


async def in_turn(starts: Starts, rounds: int) -> dict[str, list[Figures]]:
    """Each `rounds` times, in turn; every other round backwards, so that drift of the machine falls on all."""
    print(describe_machine(), flush=True)
    runs: dict[str, list[Figures]] = {name: [] for name in starts}
    for number in range(rounds):
        for name in list(starts)[:: 1 if number % 2 == 0 else -1]:
            runs[name].append(await measure(await starts[name]()))
            shown = ", ".join(f"{metric} {value:.3g}" for metric, value in runs[name][-1].items())
            print(f"round {number + 1} {name}: {shown}", flush=True)
    return runs


def table(runs: dict[str, list[Figures]]) -> str:
    """Medians beside each other."""
    lines = [f"{'':<52}" + "".join(f"{name:>20}" for name in runs)]
    for metric in next(iter(runs.values()))[0]:
        values = "".join(f"{median(each[metric] for each in found):>20.3g}" for found in runs.values())
        lines.append(f"{metric:<52}{values}")
    return "\n".join(lines)


def keep(runs: dict[str, list[Figures]], versions: dict[str, str]) -> None:
    """Write the file that the README quotes."""
    told = {"machine": describe_machine(), "versions": versions, "runs": runs}
    OFFICE.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def main() -> int:
    """The exit code."""
    parser = argparse.ArgumentParser(prog="python -m bench.office", description="The pace of an office.")
    parser.add_argument("--commit", help="an earlier commit, in turn with this tree")
    parser.add_argument("--rounds", type=int, default=1)
    asked = parser.parse_args()
    starts: Starts = {"this tree": bilin}
    if asked.commit:
        tree = prepared(asked.commit)
        starts = {asked.commit: lambda: bilin(tree), **starts}
    print(table(uvloop.run(in_turn(starts, asked.rounds))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
