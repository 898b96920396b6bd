"""A service: something that is started as a process and started again whenever it ends by itself."""

import asyncio
import signal
import time
from collections.abc import Callable
from typing import Protocol

from bilin.app.processes.process import Process
from bilin.core.backoff import Backoff
from bilin.core.errors import BilinError

AGAIN_S, LONGEST_AGAIN_S = 0.2, 4.0
"""Pauses before restarts in a row."""

STEADY_AFTER_S = 30.0
"""Whoever ran this long is not failing in a row."""


class Service(Protocol):
    """How one kind of process is started and stopped."""

    @property
    def name(self) -> str: ...
    @property
    def stop_signal(self) -> signal.Signals: ...
    @property
    def stop_within_s(self) -> float: ...

    async def start(self) -> Process:
        """Returns once it can be used (or runs, for one that says itself when it is ready)."""
        ...

    def tidy(self) -> None:
        """Called after it has ended for good."""
        ...


class KeptService:
    """Keeps one service running until `stop`."""

    def __init__(self, service: Service, report: Callable[[str], None]) -> None:
        self.service = service
        self.restarts = 0
        self._report = report
        self._process: Process | None = None
        self._keeper: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int | None:
        """None while it is down."""
        return self._process.pid if self._process and self._process.exit_code is None else None

    async def start(self) -> None:
        """The first start; whatever it raises is for the caller to tell. From then on it is kept running."""
        self._process = await self.service.start()
        self._keeper = asyncio.create_task(self._keep(self._process))

    async def stop(self) -> None:
        """Ends it for good, by force if it must be."""
        await self._end()
        self.service.tidy()

    async def restart(self) -> None:
        """Ends it and starts it again, because what it reads at its start has changed; tries until it starts."""
        await self._end()
        process = await self._restart(_restarts())
        self.restarts = 0  # this one was wanted
        self._keeper = asyncio.create_task(self._keep(process))

    def send(self, which: signal.Signals) -> None:
        """Sends it a signal; nothing happens while it is down."""
        if self._process:
            self._process.send(which)

    def kill(self) -> None:
        """Ends it by force, now: somebody is in a hurry."""
        if self._process:
            self._process.send(signal.SIGKILL)

    async def _end(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            await asyncio.wait([self._keeper])
        if self._process:
            await self._process.stop(self.service.stop_signal, self.service.stop_within_s)

    async def _keep(self, process: Process) -> None:
        again = _restarts()
        while True:
            began = time.monotonic()
            code = await process.wait()
            if time.monotonic() - began > STEADY_AFTER_S:
                again.went_well()
            self._report(f"{self.service.name} {how_it_ended(code)}; starting it again")
            process = await self._restart(again)

    async def _restart(self, again: Backoff) -> Process:
        while True:
            self.restarts += 1
            await again.wait()
            try:
                self._process = await self.service.start()
            except (BilinError, OSError) as failed:
                self._report(f"{self.service.name} does not start: {failed}; trying again")
            else:
                return self._process


def how_it_ended(exit_code: int) -> str:
    """In words: ``was ended by SIGKILL``, ``ended with code 1``."""
    return f"was ended by {signal.Signals(-exit_code).name}" if exit_code < 0 else f"ended with code {exit_code}"


def _restarts() -> Backoff:
    """The first is at once."""
    return Backoff(AGAIN_S, LONGEST_AGAIN_S, at_once=True)
