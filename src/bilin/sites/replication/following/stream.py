"""The stream of one log: live batches in their order, and questions for what did not come (sites.md, section 3)."""

from collections import deque
from collections.abc import Callable

import msgspec

from bilin.core.log.runs import Position
from bilin.sites.replication.following.checks import check_live
from bilin.sites.replication.following.kept_back import take_in
from bilin.sites.replication.following.questions import Questions
from bilin.sites.replication.following.retry import Retry
from bilin.sites.replication.following.wakeup import Wakeup
from bilin.sites.replication.ports import Inlet
from bilin.sites.replication.transport.wire import LIST, SiteBatch

MAX_HEARD = 32
"""Live batches that wait for their turn; beyond that they are fetched."""
POLL_S = 300.0
"""A log that said nothing for so long is asked, should even its statuses have got lost."""


class Stream:
    """Follows one stream. `position` is None until it is read, and again after errors: nobody knows what was saved."""

    def __init__(self, questions: Questions, inlet: Inlet, whose: int, moved: Callable[[bool], None]) -> None:
        self._questions, self._inlet, self._whose, self._moved = questions, inlet, whose, moved
        self._heard: deque[SiteBatch] = deque()
        self._wake = Wakeup()
        self._must_ask = True
        self._told: Position | None = None
        """The end of the log as the last status named it, unless something was heard since."""
        self._complete_to = 0
        """Nothing was left out of the stream of what was opened before this position: it was read later than that."""
        self.position: Position | None = None
        self.head = 0
        self.patience = Retry(questions.holder)

    @property
    def is_at_head(self) -> bool:
        """Whether it has all that it knows of."""
        return not self._must_ask and not self._heard

    def hear(self, batch: SiteBatch) -> None:
        """A live batch came."""
        self._told = None
        if len(self._heard) == MAX_HEARD:
            self._heard.clear()
            self._must_ask = True
        else:
            self._heard.append(batch)
        self._wake.ring()

    def stir(self) -> None:
        """There may be something that was not heard."""
        self._must_ask = True
        self.patience.stir()
        self._wake.ring()

    def told(self, position: Position) -> None:
        """A status named the end of the holder's log."""
        self._told = position
        self.head = max(self.head, position.pos)
        self.patience.stir()
        self._wake.ring()

    async def run(self) -> None:
        """Follow until cancelled."""
        while True:
            try:
                await self._step()
                self.patience.calm()
            except Exception as error:  # whatever it is: this log must be followed on
                self.position, self._must_ask = None, True
                self._heard.clear()
                await self.patience.after(error)

    async def _step(self) -> None:
        if self.position is None:
            self.position = await self._inlet.position(self._questions.holder, self._whose)
        if self._must_ask:
            await self._fetch(self.position)
        elif self._heard:
            await self._take_live(self._heard.popleft(), self.position)
        elif self._told is not None:
            self._must_ask, self._told = self._told != self.position, None
        else:
            await self._wait()

    async def _wait(self) -> None:
        if not await self._wake.wait(POLL_S):
            self._must_ask = True

    async def _fetch(self, saved: Position) -> None:
        self._must_ask = False
        batch = await self._questions.fetch(self._whose, LIST, saved)
        if batch.after == 0:
            self._complete_to = batch.head
        else:
            self._complete_to = min(self._complete_to, batch.after) if batch.after < saved.pos else self._complete_to
        await self._take_in(batch)
        self._must_ask = self._must_ask or batch.through < batch.head

    async def _take_live(self, batch: SiteBatch, saved: Position) -> None:
        check_live(batch, self._questions.holder)
        if batch.run == saved.run and batch.through <= saved.pos:
            return
        if batch.run == saved.run and batch.after <= saved.pos:
            await self._take_in(batch)
        else:
            self._must_ask = True

    async def _take_in(self, batch: SiteBatch) -> None:
        if batch.opened and batch.through <= self._complete_to:
            batch = msgspec.structs.replace(batch, opened=())
        if batch.position != self.position or batch.events or batch.opened:
            await take_in(self._inlet, batch)
        self.position, self.head = batch.position, batch.head
        self._moved(bool(batch.opened))
