"""Follows the log of one other site: its stream, and beside it what is to be fetched (docs/developers/sites.md)."""

import asyncio

import msgspec

from bilin.core.log.runs import START, Position
from bilin.sites.replication.following.backfill import Backfill
from bilin.sites.replication.following.questions import Questions
from bilin.sites.replication.following.retry import Trouble
from bilin.sites.replication.following.stream import Stream
from bilin.sites.replication.ports import Inlet, Line
from bilin.sites.replication.transport.wire import SiteBatch


class FollowerState(msgspec.Struct, frozen=True):
    """How following goes, for those who look after sites."""

    position: Position
    """How far the log was followed; of the last answer, not of a status."""
    behind: int
    """Positions of the holder's log, through its head as last heard, that were not followed yet."""
    needs: int
    """Conversations that are still to be fetched."""
    trouble: Trouble | None
    """Why it does not go on (`core.clock_ahead`, `sites.bad_batch`, `sites.unreachable`, …); it tries again."""


class SiteFollower:
    """Follows one holder's log of the events of `whose` (the holder itself; at the founding site, a retired site).

    Whatever its ports raise, it goes on.
    """

    def __init__(self, holder: int, me: int, inlet: Inlet, line: Line, whose: int | None = None) -> None:
        self.holder, self.whose = holder, holder if whose is None else whose
        questions = Questions(holder, line)
        self._stream = Stream(questions, inlet, self.whose, self._moved)
        self._backfill = Backfill(me, questions, inlet, self.whose, self._stream)

    @property
    def state(self) -> FollowerState:
        """How it goes."""
        stream, backfill = self._stream, self._backfill
        position = stream.position or START
        trouble = stream.patience.trouble or backfill.patience.trouble
        return FollowerState(position, max(0, stream.head - position.pos), backfill.needs, trouble)

    def hear(self, batch: SiteBatch) -> None:
        """A live batch of the holder's own events came."""
        self._stream.hear(batch)

    def told(self, position: Position) -> None:
        """A status named the end of the holder's log: ask when it is another than the one saved."""
        self._stream.told(position)
        self._backfill.patience.stir()

    def stir(self) -> None:
        """The line is back, or a loss was noted: look what there is to fetch."""
        self._stream.stir()
        self._backfill.stir()

    async def run(self) -> None:
        """Follow until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._stream.run())
            tasks.create_task(self._backfill.run())

    def _moved(self, opened: bool) -> None:
        self._backfill.moved(opened=opened)
