"""The rehearsal of a cut line: for a while this site neither sends to nor hears any other.

The process that writes the log is told by an administrator; the others hear of it on the site's own bus, every second,
so that a message that is lost, or a process that starts again, makes no difference. It ends by itself.
"""

import asyncio
from collections.abc import Callable
from time import monotonic

from bilin.core.bus import Bus

ANNOUNCE_S = 1.0
TRUST_S = 3.5
"""How long a process takes the line for cut after the last announcement it heard."""


class SimulatedOutage:
    """Whether the line is cut on purpose, in one process."""

    def __init__(self, bus: Bus, here: int) -> None:
        self._bus, self._subject = bus, f"bilin.{here}.sites.cut"
        self._until = self._begun_until = 0.0
        self._stir = asyncio.Event()

    @property
    def is_on(self) -> bool:
        return monotonic() < self._until

    @property
    def rest_s(self) -> float:
        """Seconds until it is over."""
        return max(0.0, self._until - monotonic())

    async def begin(self, seconds: float) -> None:
        """Cut the line for some seconds; 0 mends it."""
        self._until = self._begun_until = monotonic() + seconds
        await self._announce()
        self._stir.set()

    async def hear(self, heard: Callable[[], None] | None = None) -> None:
        """Follow what another process of this site announces; `heard` is called after each announcement."""

        async def receive(payload: bytes) -> None:
            if monotonic() < self._begun_until:  # it was begun here: these are our own words
                return
            self._until = monotonic() + min(float(payload), TRUST_S)
            if heard is not None:
                heard()

        await self._bus.subscribe(self._subject, receive)

    async def run(self) -> None:
        """Announce it as long as it lasts, for ever."""
        while True:
            if not self.is_on:
                self._stir.clear()
                await self._stir.wait()
            await asyncio.sleep(ANNOUNCE_S)
            await self._announce()

    async def _announce(self) -> None:
        await self._bus.publish(self._subject, b"%.3f" % self.rest_s)
