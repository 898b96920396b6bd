"""Open-loop load: messages go out at their intended time, whether or not earlier ones were answered.

Latencies count from the intended time, so a server that falls behind cannot hide it (no coordinated omission).
"""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from time import monotonic_ns
from typing import Protocol

from bench.accounting import Cpu, cpu_of
from bench.server import Person
from bench.socket_client import Deliveries

DRAIN_S = 3.0


@dataclass(frozen=True, slots=True)
class Room:
    """A conversation and those who write in it."""

    id: str
    senders: Sequence[Person]
    members: int
    """Who of them is connected and counts."""
    marks_text: bool = False
    """The moment stands in the text: for members at another site."""


class Chat(Protocol):
    """What is under load."""

    @property
    def pids(self) -> Sequence[int]:
        """The roots of its processes."""
        ...

    async def say(self, room: str, sender: Person, mark: str, *, in_text: bool) -> None:
        """Send a message with a mark that all who get it can find; returns once it is acknowledged."""
        ...


@dataclass(frozen=True, slots=True)
class Step:
    """What one rate gave."""

    offered: float
    acked: float
    """Acknowledged messages per second."""
    expected: int
    delivered: int
    seconds: float
    ack_ms: tuple[float, float]
    """p50, p99 of send→ack."""
    delivered_ms: tuple[float, float]
    """p50, p99 of send→each delivery."""
    cpu: Cpu
    out_of_order: int

    @property
    def is_sustained(self) -> bool:
        """Everything arrived, in order, with p99 of delivery at or under 500 ms."""
        complete = self.delivered == self.expected and self.acked >= 0.98 * self.offered and not self.out_of_order
        return complete and self.delivered_ms[1] <= 500

    @property
    def cpu_per_1000(self) -> float:
        return self.cpu.total / max(1, self.delivered) * 1000


async def run_step(
    server: Chat, rooms: Sequence[Room], rate: float, seconds: float, tally: Deliveries, drain_s: float = DRAIN_S
) -> Step:
    """Send at one rate over all rooms in turn, and wait a while for what is still on its way."""
    tally.count, tally.bytes, tally.out_of_order, tally.latencies_ns = 0, 0, 0, []
    tally.since_ns = monotonic_ns()
    before = cpu_of(*server.pids)
    acks: list[int] = []
    total = int(rate * seconds)
    started = monotonic_ns()
    tasks = []
    for number in range(total):
        due = started + int(number * 1e9 / rate)
        if (wait := due - monotonic_ns()) > 0:
            await asyncio.sleep(wait / 1e9)
        room = rooms[number % len(rooms)]
        sender = room.senders[number // len(rooms) % len(room.senders)]
        tasks.append(asyncio.create_task(_send(server, room, sender, due, number, acks)))
    errors = [error for error in await asyncio.gather(*tasks, return_exceptions=True) if error is not None]
    elapsed = (monotonic_ns() - started) / 1e9
    expected = sum(rooms[number % len(rooms)].members for number in range(total))
    for _ in range(int(drain_s / 0.02)):
        if tally.count >= expected:
            break
        await asyncio.sleep(0.02)
    if errors:
        print(f"    {len(errors)} sends failed, the first with: {str(errors[0])[:300]}")
    cpu = cpu_of(*server.pids) - before
    return Step(
        rate, len(acks) / max(elapsed, seconds), expected, tally.count, elapsed, _percentiles(acks),
        _percentiles(tally.latencies_ns), cpu, tally.out_of_order,
    )  # fmt: skip


async def _send(server: Chat, room: Room, sender: Person, due: int, number: int, acks: list[int]) -> None:
    await server.say(room.id, sender, f"@{due}-{number}", in_text=room.marks_text)
    acks.append(monotonic_ns() - due)


def _percentiles(latencies_ns: Sequence[int]) -> tuple[float, float]:
    if not latencies_ns:
        return (float("inf"), float("inf"))
    ordered = sorted(latencies_ns)
    return tuple(ordered[min(len(ordered) - 1, int(len(ordered) * q))] / 1e6 for q in (0.5, 0.99))  # type: ignore[return-value]
