"""Keeps the heads of the other sites' audit chains, and asks from time to time whether they still hold."""

import asyncio
from time import monotonic

import msgspec
import structlog

from bilin.core.database import reading
from bilin.core.errors import BilinError
from bilin.core.ids import wall_ms
from bilin.core.site import Site
from bilin.sites.health.audit_heads import AUDIT, Links, forget, judged, keep, kept_of
from bilin.sites.replication.network import Network
from bilin.sites.replication.transport.wire import Status

logger = structlog.get_logger(__name__)

KEEP_EVERY_S = 10.0
ASK_EVERY_S = 60.0
LOOK_S = 5.0
TIMEOUT_S = 10.0
MAX_ANSWER_BYTES = 1_000_000
_decode = msgspec.msgpack.Decoder(Links).decode


class Witness:
    """In the web process: what this site knows of the others' chains."""

    def __init__(self, site: Site, network: Network) -> None:
        self._site, self._network = site, network
        self._runs: dict[int, int] = {}
        self._kept_at: dict[int, float] = {}
        self._due_at: dict[int, float] = {}

    async def hear(self, number: int, status: Status) -> None:
        """A site told how it is. When its log runs anew it is asked at once, before its new head is kept."""
        head = status.audit
        if head is None:
            return
        if self._runs.get(number) != head.run:
            self._runs[number], self._due_at[number] = head.run, 0.0
            self._kept_at[number] = 0.0
        if monotonic() - self._kept_at.get(number, 0.0) >= KEEP_EVERY_S:
            async with reading(self._site.pool) as db:
                await keep(db, number, head, wall_ms())
            self._kept_at[number] = monotonic()

    async def run(self) -> None:
        """Ask the sites that can be reached, for ever."""
        while True:
            for number, due_at in list(self._due_at.items()):
                if monotonic() >= due_at and self._network.is_reachable(number):
                    self._due_at[number] = monotonic() + ASK_EVERY_S
                    await self._try(number)
            await asyncio.sleep(LOOK_S)

    async def _try(self, number: int) -> None:
        try:
            await self.ask(number)
        except (BilinError, msgspec.DecodeError) as cause:
            logger.info("sites.audit_unread", site=number, reason=repr(cause))

    async def ask(self, number: int) -> None:
        """Compare what a site's chain says now with what was heard of it."""
        async with reading(self._site.pool) as db:
            kept = await kept_of(db, number)
        positions = [each.head.pos for each in kept]
        answer = await self._network.ask(number, msgspec.msgpack.encode(positions), AUDIT, TIMEOUT_S)
        if len(answer) > MAX_ANSWER_BYTES:
            return
        wrong, over = judged(kept, _decode(answer))
        async with reading(self._site.pool) as db:
            await forget(db, number, over)
        peer_state = self._network.peer_state(number)
        if wrong is not None and peer_state.audit != wrong:
            logger.critical("sites.audit_differs", site=number, found=wrong)
        peer_state.audit = wrong
