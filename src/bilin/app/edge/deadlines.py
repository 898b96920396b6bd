"""Looks after connections that say nothing, or not enough: one round a second for all, no timer for each."""

import asyncio
from typing import Protocol


class Watched(Protocol):
    """A connection with deadlines."""

    def look(self, now: float) -> None:
        """Give it up when it has overstayed; `now` is the time of the event loop in seconds."""
        ...


class Deadlines:
    """The HTTP connections of a process. One that was upgraded has left: the gateway looks after it."""

    def __init__(self) -> None:
        self.connections: set[Watched] = set()

    async def run(self, every_s: float = 1.0) -> None:
        """Look, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            for each in tuple(self.connections):
                each.look(now)
            await asyncio.sleep(every_s)
