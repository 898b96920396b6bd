"""Somebody who goes on writing while something large happens: how usable a site stays."""

import asyncio
from collections.abc import Sequence

from bench.load import Room, run_step
from bench.server import Server
from bench.socket_client import Deliveries

RATE = 10
STEP_S = 4.0


class Probe:
    """Writes at a low rate until it is stopped."""

    def __init__(self, server: Server, rooms: Sequence[Room]) -> None:
        self._acks_ms: list[float] = []
        self._task = asyncio.create_task(self._run(server, rooms))

    async def stop(self) -> float:
        """The worst p99 of send → acknowledged of all steps, in milliseconds."""
        await asyncio.sleep(STEP_S if not self._acks_ms else 0)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        return max(self._acks_ms, default=float("inf"))

    async def _run(self, server: Server, rooms: Sequence[Room]) -> None:
        while True:
            step = await run_step(server, rooms, RATE, STEP_S, Deliveries(), drain_s=0)
            self._acks_ms.append(step.ack_ms[1])
