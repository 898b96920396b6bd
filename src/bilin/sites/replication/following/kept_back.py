"""What another site sent and may not say, as far as is known here: kept back, and judged again when more is known.

Following goes on past it. Nothing is lost: what becomes its to say (a home, a membership or a guest that another log
tells of) is taken in then, at the end of this log; what does not stays, and administrators are shown it.
"""

import asyncio

import structlog

from bilin.core.errors import Unavailable
from bilin.sites.replication.following.wakeup import Wakeup
from bilin.sites.replication.ports import Inlet, IntakeResult, Need
from bilin.sites.replication.transport.wire import SiteBatch

logger = structlog.get_logger(__name__)

PAGE = 500
POLL_S = 300.0
"""How often it is looked through even if nothing was heard of."""
PAUSE_S = 0.2
"""Between two looks: a stream of news is one."""
MOST_PAUSE_S = 60.0


async def take_in(inlet: Inlet, batch: SiteBatch, need: Need | None = None) -> IntakeResult:
    """Take in what a batch may say, and keep back the rest, in one transaction."""
    why = await inlet.judge(batch.whose, batch.events)
    kept = {event.id: reason for event, reason in zip(batch.events, why, strict=True) if reason is not None}
    return await inlet.take_in(batch, need, kept)


class KeptBackReview:
    """Takes in what was kept back as soon as it may be."""

    def __init__(self, inlet: Inlet) -> None:
        self._inlet = inlet
        self._wakeup = Wakeup()
        self._is_empty = False

    def stir(self) -> None:
        """Something was kept back, or decided about."""
        self._is_empty = False
        self._wakeup.ring()

    def news(self) -> None:
        """Something was committed here: what rested on it may be believed now."""
        if not self._is_empty:
            self._wakeup.ring()

    async def run(self) -> None:
        """Look through it until cancelled."""
        while True:
            pause_s = PAUSE_S
            try:
                looked = await self.look_through()
                pause_s = min(MOST_PAUSE_S, PAUSE_S * (1 + looked / PAGE))  # a site that lies a lot costs no more
            except Unavailable:
                self._wakeup.ring()
            except Exception:
                logger.exception("sites.kept_back_not_judged")
            await asyncio.sleep(pause_s)
            await self._wakeup.wait(POLL_S)

    async def look_through(self) -> int:
        """Judge all of it once, and again as long as something is let in; how many events were looked at."""
        looked, is_open = 0, True
        while is_open:
            is_open, after = False, 0
            self._is_empty = True
            while page := await self._inlet.kept_back(after, PAGE):
                self._is_empty = False
                looked, after = looked + len(page), page[-1].event.id
                for whose in sorted({each.whose for each in page}):
                    events = [each.event for each in page if each.whose == whose]
                    why = await self._inlet.judge(whose, events)
                    believed = [event for event, reason in zip(events, why, strict=True) if reason is None]
                    if believed:
                        await self._inlet.release(whose, believed)
                        is_open = True
        return looked
