"""Looks after connections that say nothing, or not enough: one round a second for all, no timer for each."""

import asyncio
from typing import Protocol


class Watched(Protocol):
    """A connection with deadlines."""

    @property
    def idle_since(self) -> float | None:
        """Since when nothing is asked on it and nothing answered; None: something is."""
        ...

    def look(self, now: float) -> None:
        """Give it up when it has overstayed; `now` is the time of the event loop in seconds."""
        ...

    def make_room(self) -> None:
        """End it: others need its place."""
        ...


class Deadlines:
    """The HTTP connections of a process. One that was upgraded has left: the gateway looks after it."""

    def __init__(self, most: int = 10_000) -> None:
        """`most`: beyond so many connections those go first that wait longest for a request, so that nobody holds the
        door shut by coming in often and asking nothing."""
        self._most = most
        self.connections: set[Watched] = set()

    async def run(self, every_s: float = 1.0) -> None:
        """Look, for ever."""
        loop = asyncio.get_running_loop()
        while True:
            now = loop.time()
            for each in tuple(self.connections):
                each.look(now)
            self.make_room()
            await asyncio.sleep(every_s)

    def make_room(self) -> None:
        """End as many idle connections as there are too many, the longest idle first."""
        crowd = len(self.connections) - self._most
        if crowd > 0:
            idle = [(since, id(each), each) for each in self.connections if (since := each.idle_since) is not None]
            for _, _, each in sorted(idle)[:crowd]:
                each.make_room()
