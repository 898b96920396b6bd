"""The lines between sites: cut, one way or both, slow, lossy; messages doubled and overtaken; timeouts."""

import asyncio
import random
from collections.abc import Callable, Coroutine
from typing import Any, Protocol

import msgspec

from bilin.core.errors import BilinError, Unavailable
from bilin.core.log.runs import Position
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.replication.errors import BadBatch, NotYours, SiteUnreachable
from bilin.sites.replication.transport.wire import Fetch, FetchScopes, Refused, Scopes, SiteBatch
from tests.simulation.world import Tally

TIMEOUT_S = 10.0


class Weather(msgspec.Struct):
    """How a line behaves in one direction."""

    is_cut: bool = False
    loss: float = 0.0
    doubles: float = 0.0
    slow_s: float = 0.0
    """Half of the messages are late by up to this."""


class Site(Protocol):
    """What the network reaches."""

    is_up: bool

    async def answer(self, asker: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes | Refused:
        """Answer a question that came in."""

    def hear(self, holder: int, batch: SiteBatch) -> None:
        """Take a live batch."""

    def told(self, holder: int, position: Position) -> None:
        """Take a status."""

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work, which ends when the site does."""


class Network:
    """All lines."""

    def __init__(self, loop: asyncio.AbstractEventLoop, dice: random.Random, tally: Tally) -> None:
        self._loop, self._dice, self._tally = loop, dice, tally
        self.sites: dict[int, Site] = {}
        self.lines: dict[tuple[int, int], Weather] = {}
        self.tamper: Callable[[int, SiteBatch], SiteBatch] = lambda _, batch: batch
        """What a dishonest site makes of what it sends."""

    def line(self, one: int, other: int) -> Weather:
        found = self.lines.get((one, other))
        if found is None:
            found = self.lines[one, other] = Weather()
        return found

    def carry(self, one: int, other: int, deliver: Callable[[], None], *, at_most_s: float = 1e9) -> None:
        """Bring something over, or not, or twice, at once or much later."""
        weather = self.line(one, other)
        if weather.is_cut or self._dice.random() < weather.loss:
            self._tally.add("lost")
            return
        for _ in range(2 if self._dice.random() < weather.doubles else 1):
            delay = 0.005 + self._dice.random() * 0.1
            if weather.slow_s and self._dice.random() < 0.5:
                delay += min(weather.slow_s, at_most_s) * self._dice.random()
                self._tally.add("late")
            self._loop.call_later(delay, deliver)

    def tell(self, one: int, other: int, position: Position) -> None:
        """A status."""
        site = self.sites[other]
        self.carry(one, other, lambda: site.told(one, position) if site.is_up else None)

    def send(self, one: int, other: int, batch: SiteBatch) -> None:
        """A live batch. Who is down hears nothing."""
        site, sent = self.sites[other], self.tamper(one, batch)
        self.carry(one, other, lambda: site.hear(one, sent) if site.is_up else None)

    async def ask(self, one: int, other: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes:
        """A question and its answer, each with the fate of all messages."""
        self._tally.add("questions")
        answer: asyncio.Future[SiteBatch | Scopes | Refused | None] = self._loop.create_future()
        timer = self._loop.call_later(TIMEOUT_S, lambda: None if answer.done() else answer.set_result(None))
        site = self.sites[other]

        async def work() -> None:
            found = await site.answer(one, question)
            if isinstance(found, SiteBatch):
                found = self.tamper(other, found)
            self.carry(other, one, lambda: None if answer.done() else answer.set_result(found))

        self.carry(one, other, lambda: site.start(work()) if site.is_up else None)
        found = await answer
        timer.cancel()
        if found is None:
            self._tally.add("timeouts")
            raise SiteUnreachable
        if isinstance(found, Refused):
            raise refusal(found)
        return found


def refusal(refused: Refused) -> BilinError:
    """What a line raises for a refusal."""
    known = {error.code: error for error in (NotYours, UnknownSite, BadBatch)}
    return known.get(refused.code, Unavailable)(refused.detail)


class SimulatedLine:
    """`Line` of one site."""

    def __init__(self, network: Network, me: int) -> None:
        self._network, self._me = network, me

    async def ask(self, site: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes:
        return await self._network.ask(self._me, site, question)

    async def send(self, site: int, batch: SiteBatch) -> None:
        self._network.send(self._me, site, batch)
