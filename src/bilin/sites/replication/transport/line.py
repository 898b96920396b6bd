"""The line to other sites: NATS, in the account between sites (docs/developers/sites.md, section 4).

Who speaks is told by the subject, and NATS lets a site use no other's. What comes from a site that is not joined, or
cannot be read, is refused.
"""

from collections.abc import Awaitable, Callable
from typing import Any, TypeVar, cast

import structlog

from bilin.core.bus import Bus, NoAnswer
from bilin.core.errors import BilinError, Unavailable
from bilin.core.ids import ClockAhead
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.registry.sites import SiteRegistry
from bilin.sites.replication import metrics
from bilin.sites.replication.errors import BadBatch, NotYours, SiteUnreachable, VersionsApart
from bilin.sites.replication.transport.envelope import pack, unpack
from bilin.sites.replication.transport.simulated_outage import SimulatedOutage
from bilin.sites.replication.transport.traffic import Traffic
from bilin.sites.replication.transport.wire import (
    Carry,
    Fetch,
    FetchScopes,
    Refused,
    Scopes,
    SiteAnswer,
    SiteBatch,
    SiteQuestion,
    Status,
)

logger = structlog.get_logger(__name__)

T = TypeVar("T")
Hear = Callable[[int, T], Awaitable[None]]
"""Is given the number of the site that speaks, and what it says."""

ASK_TIMEOUT_S = 20.0
"""A batch of half a megabyte takes that long on a line of 256 kbit/s."""
REFUSALS: dict[str, type[BilinError]] = {
    error.code: error for error in (BadBatch, ClockAhead, NotYours, SiteUnreachable, UnknownSite, VersionsApart)
}


class NatsLine:
    """One process's way to all other sites."""

    def __init__(self, bus: Bus, here: int, roll: SiteRegistry, cut: SimulatedOutage) -> None:
        self._bus, self._here, self._roll, self._cut = bus, here, roll, cut
        self.traffic = Traffic()
        self.on_refused: Callable[[int, BilinError], None] = lambda site, error: None
        """Is told when what a site says cannot be read."""

    async def ask(self, site: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes:
        """Ask a holder. Raises `SiteUnreachable`, or what the holder refused with."""
        answer = await self._ask(site, question, ASK_TIMEOUT_S)
        if isinstance(answer, Carry):
            raise BadBatch(f"Site {site} answered something else than it was asked.")
        return answer

    async def carry(self, site: int, kind: str, body: bytes, timeout_s: float) -> bytes:
        """Ask something that only its own part of the program reads. Raises as `ask`."""
        answer = await self._ask(site, Carry(kind, body), timeout_s)
        if not isinstance(answer, Carry) or answer.kind != kind:
            raise BadBatch(f"Site {site} answered something else than it was asked.")
        return answer.body

    async def send(self, site: int, batch: SiteBatch) -> None:
        """Send a live batch, at most once. Raises `SiteUnreachable`."""
        await self._publish(f"bilin.sites.live.{self._here}.{site}", site, pack(batch))

    async def pass_on(self, site: int, payload: bytes) -> None:
        """Pass on presence or typing, at most once. Raises `SiteUnreachable`."""
        await self._publish(f"bilin.sites.passing.{self._here}.{site}", site, pack(payload))

    async def tell(self, status: Status) -> None:
        """Tell all sites how this one is. Raises `SiteUnreachable`."""
        await self._publish(f"bilin.sites.status.{self._here}", None, pack(status))

    async def hear_live(self, hear: Hear[SiteBatch]) -> None:
        """Live batches for this site."""
        await self._hear(f"bilin.sites.live.*.{self._here}", 3, SiteBatch, hear)

    async def hear_statuses(self, hear: Hear[Status]) -> None:
        """The statuses of all sites."""
        await self._hear("bilin.sites.status.*", 3, Status, hear)

    async def hear_passing(self, hear: Hear[bytes]) -> None:
        """Presence and typing for this site."""
        await self._hear(f"bilin.sites.passing.*.{self._here}", 3, bytes, hear)

    async def answer(self, answer: Callable[[int, SiteQuestion], Awaitable[SiteAnswer]]) -> None:
        """Answer what others ask; expected errors become refusals."""

        async def on_question(subject: str, payload: bytes) -> bytes:
            if self._cut.is_on:
                raise SiteUnreachable
            asker = _number(subject, 4)
            answered = pack(await self._refusing(asker, payload, answer))
            self.traffic.came(asker, len(payload))
            self.traffic.went(asker, len(answered))
            return answered

        await self._bus.answer(f"bilin.sites.ask.{self._here}.*", on_question)

    async def _refusing(
        self, asker: int, payload: bytes, answer: Callable[[int, SiteQuestion], Awaitable[SiteAnswer]]
    ) -> SiteAnswer:
        try:
            if self._roll.state(asker) != "joined":
                raise UnknownSite(f"Site {asker} is not joined.")
            question: SiteQuestion = unpack(payload, cast("type[SiteQuestion]", SiteQuestion))
            return await answer(asker, question)
        except BilinError as error:
            metrics.refused.labels(asker).inc()
            return Refused(error.code, error.detail)

    async def _ask(self, site: int, question: SiteQuestion, timeout_s: float) -> SiteBatch | Scopes | Carry:
        if self._cut.is_on:
            raise SiteUnreachable("The line is cut on purpose.", site=site)
        payload = pack(question)
        try:
            answered = await self._bus.request(f"bilin.sites.ask.{site}.{self._here}", payload, timeout_s)
        except NoAnswer as cause:
            raise SiteUnreachable(cause.detail, site=site) from cause
        self.traffic.went(site, len(payload))
        self.traffic.came(site, len(answered))
        answer: SiteAnswer = unpack(answered, cast("type[SiteAnswer]", SiteAnswer))
        if isinstance(answer, Refused):
            raise _refusal(site, answer)
        return answer

    async def _publish(self, subject: str, site: int | None, payload: bytes) -> None:
        if self._cut.is_on or not await self._bus.publish(subject, payload):
            raise SiteUnreachable(site=site)
        for number in [site] if site is not None else self._roll.joined(besides=self._here):
            self.traffic.went(number, len(payload))

    async def _hear(self, pattern: str, place: int, kind: type[T], hear: Hear[T]) -> None:
        async def receive(subject: str, payload: bytes) -> None:
            site = _number(subject, place)
            if self._cut.is_on or site == self._here or self._roll.state(site) != "joined":
                return
            self.traffic.came(site, len(payload))
            try:
                said = unpack(payload, kind)
            except BilinError as error:
                metrics.refused.labels(site).inc()
                logger.warning("sites.unreadable", site=site, subject=subject, code=error.code, detail=error.detail)
                self.on_refused(site, error)
                return
            await hear(site, said)

        await self._bus.subscribe_any(pattern, receive)


def _number(subject: str, place: int) -> int:
    """The number of a site in a subject; 0, which is none, when there is no number."""
    text = subject.split(".")[place]
    return int(text) if text.isascii() and text.isdigit() else 0


def _refusal(site: int, refused: Refused) -> BilinError:
    """The error that another site answered with; one of a kind unknown here keeps its code."""
    kind = REFUSALS.get(refused.code)
    if kind is None:
        about: dict[str, Any] = {"code": refused.code[:100], "status": 502, "title": "Another site refused"}
        base = Unavailable if refused.code in (Unavailable.code, NoAnswer.code) else BilinError
        kind = type("Refusal", (base,), about)
    error = kind(refused.detail[:1000])
    error.details = {"site": site}
    return error
