"""uvicorn's server, which wakes once a second while nothing happens, not ten times."""

import asyncio
from types import FrameType

import uvicorn

from bilin.core.waiting import is_set_within

TICK_S = 1.0
"""How old the Date header of an answer may be."""


class QuietServer(uvicorn.Server):
    """Ends as soon as it is told to by a signal, as uvicorn's own does."""

    _told: asyncio.Event | None = None

    async def main_loop(self) -> None:
        """uvicorn's contract (`uvicorn.server.Server.main_loop`): call `on_tick` until it says that this is the end."""
        self._told, self._loop = asyncio.Event(), asyncio.get_running_loop()
        while not await self.on_tick(0):
            await is_set_within(self._told, TICK_S)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        super().handle_exit(sig, frame)
        if self._told is not None:
            self._loop.call_soon_threadsafe(self._told.set)
