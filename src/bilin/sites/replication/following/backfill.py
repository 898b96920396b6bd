"""What is fetched beside a stream: conversations that were opened later than they began, and own events that this site
lost and the holder has (sites.md, sections 2 and 3)."""

import msgspec

from bilin.core.errors import Unavailable
from bilin.core.log.runs import Position
from bilin.sites.replication.errors import NotYours
from bilin.sites.replication.following.checks import check_own
from bilin.sites.replication.following.kept_back import take_in
from bilin.sites.replication.following.questions import Questions
from bilin.sites.replication.following.retry import Retry
from bilin.sites.replication.following.stream import Stream
from bilin.sites.replication.following.wakeup import Wakeup
from bilin.sites.replication.ports import Inlet, Need
from bilin.sites.replication.transport.wire import LIST

POLL_S = 60.0
"""How often it looks for what another process noted."""
NOBODY = 0
"""Vouches for nothing."""
BEFORE_ALL = -(1 << 63)
"""An id below all others: where the list of conversations begins."""


class Backfill:
    """Works off the needs towards one holder, and the note of a loss."""

    def __init__(self, me: int, questions: Questions, inlet: Inlet, whose: int, stream: Stream) -> None:
        self._me, self._questions, self._inlet, self._whose, self._stream = me, questions, inlet, whose, stream
        self._wake = Wakeup()
        self._reached: dict[int, tuple[Position, Position]] = {}
        """Scopes fetched to the head: since which batch, and to where. They are met once the stream is there too."""
        self.patience = Retry(questions.holder)
        self.needs = 0

    def stir(self) -> None:
        """Something may have been opened, or lost, or the line is back."""
        self.patience.stir()
        self._wake.ring()

    def moved(self, *, opened: bool) -> None:
        """The stream went on, and conversations were opened or not."""
        if opened or self._reached:
            self._wake.ring()

    async def run(self) -> None:
        """Fetch until cancelled."""
        while True:
            try:
                await self._fetch_back()
                await self._work_off()
                self.patience.calm()
            except Exception as error:  # whatever it is: it is tried again
                await self.patience.after(error)
            else:
                await self._wake.wait(POLL_S)

    async def _fetch_back(self) -> None:
        """Fetch own events that the holder has and this log lost. The note is read first: one made later stays."""
        holder = self._questions.holder
        note = (await self._inlet.losses()).get(holder) if self._whose == holder else None
        is_open = note is not None
        while is_open:
            position = await self._inlet.position(holder, self._me)
            batch = await self._questions.fetch(self._me, LIST, position)
            check_own(batch, self._inlet.recognises)
            mine = tuple(event for event in batch.kept if self._inlet.recognises(NOBODY, event))
            await self._inlet.take_in(msgspec.structs.replace(batch, opened=(), events=(*batch.events, *mine)))
            is_open = batch.through < batch.head
        if note is not None:
            await self._inlet.recovered(holder, note)

    async def _work_off(self) -> None:
        """One after the other; one that fails does not keep back the others, unless the line is away."""
        needs = await self._inlet.needs(self._questions.holder, self._whose)
        self._reached = {need.scope: self._reached[need.scope] for need in needs if need.scope in self._reached}
        self.needs = len(needs)
        failed: Exception | None = None
        for need in needs:
            try:
                await self._work_on(need)
            except Unavailable:
                raise
            except Exception as error:  # the others first
                failed = error
        if failed is not None:
            raise failed

    async def _work_on(self, need: Need) -> None:
        try:
            if need.scope == LIST:
                await self._fetch_list(need)
            elif self._is_met(need):
                await self._end(need)
            elif self._is_to_fetch(need):
                await self._fetch_scope(need)
        except NotYours:  # closed again; it is opened when it is time
            await self._end(need)

    async def _end(self, need: Need) -> None:
        await self._inlet.met(need)
        self._reached.pop(need.scope, None)
        self.needs -= 1

    async def _fetch_list(self, need: Need) -> None:
        after, is_end = BEFORE_ALL, False
        while not is_end:
            page = await self._questions.scopes(self._whose, after)
            await self._inlet.listed(need, page.scopes)
            after, is_end = (page.scopes[-1] if page.scopes else after), page.is_end
        await self._end(need)
        self._wake.ring()

    async def _fetch_scope(self, need: Need) -> None:
        is_open = True
        while is_open:
            batch = await self._questions.fetch(self._whose, need.scope, need.position)
            await take_in(self._inlet, batch, need)
            need = msgspec.structs.replace(need, position=batch.position)
            is_open = batch.through < batch.head
        self._reached[need.scope] = need.since, need.position
        self._wake.ring()

    def _is_met(self, need: Need) -> bool:
        since, to = self._reached.get(need.scope, (None, None))
        there = self._stream.position
        if to is None or there is None or since != need.since:
            return False
        return there.run == to.run and there.pos >= to.pos

    def _is_to_fetch(self, need: Need) -> bool:
        """Also again, when the stream is at its end in another run: this log was opened anew, or restored."""
        since, to = self._reached.get(need.scope, (None, None))
        there = self._stream.position
        if to is None or since != need.since:
            return True
        return self._stream.is_at_head and there is not None and there.run != to.run
