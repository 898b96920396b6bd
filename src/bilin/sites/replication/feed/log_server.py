"""Answers what other sites ask of this site's log, and notices what it lost (docs/developers/sites.md, section 3)."""

from collections.abc import Callable

from bilin.core.errors import BilinError, Unavailable
from bilin.core.log.runs import Position, Runs, at, end_of, later
from bilin.sites.registry.errors import UnknownSite
from bilin.sites.replication.ports import Outlet
from bilin.sites.replication.transport.wire import (
    MAX_BATCH_EVENTS,
    MAX_OPENED,
    Fetch,
    FetchScopes,
    Refused,
    Scopes,
    SiteBatch,
)

MIN_BYTES, MAX_BYTES = 10_000, 1_000_000
"""How many bytes of events an asker may want in one batch."""


class LogServer:
    """The side of a followed log. It never writes but for what it noticed to be lost."""

    def __init__(self, me: int, outlet: Outlet) -> None:
        self._me, self._outlet = me, outlet
        self._lost: list[Callable[[int], None]] = []

    def on_lost(self, callback: Callable[[int], None]) -> None:
        """Be told of a site that holds events which this log lost, after it was noted durably."""
        self._lost.append(callback)

    async def position(self) -> Position:
        """The end of this log: what a status tells."""
        runs = await self._runs()
        head = await self._outlet.head()
        return at(runs, head, head)

    async def answer(self, asker: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes | Refused:
        """The answer to another site's question; expected errors are refusals. Raises what it did not expect."""
        try:
            if not await self._outlet.gives(asker, question.whose):
                raise UnknownSite
            if isinstance(question, FetchScopes):
                return await self._list(asker, question)
            return await self._fetch(asker, question)
        except BilinError as error:
            return Refused(error.code, error.detail)

    async def _list(self, asker: int, question: FetchScopes) -> Scopes:
        scopes = await self._outlet.scopes_for(asker, question.whose, question.after, MAX_OPENED)
        return Scopes(tuple(scopes), len(scopes) < MAX_OPENED)

    async def _fetch(self, asker: int, question: Fetch) -> SiteBatch:
        after, since = await self._begin(asker, question)
        max_bytes = min(max(question.max_bytes, MIN_BYTES), MAX_BYTES)
        whose, scope = question.whose, question.scope
        read = await self._outlet.read(asker, whose, scope, after, MAX_BATCH_EVENTS, max_bytes)
        runs = await self._runs()  # again: another may have begun before it was read
        opened = tuple(read.opened) if whose != asker and not scope else ()
        run = later(runs, since, at(runs, read.through, read.head).run)
        events, kept = tuple(read.events), tuple(read.kept)
        return SiteBatch(self._me, whose, scope, run, after, read.through, read.head, events, opened, kept)

    async def _begin(self, asker: int, question: Fetch) -> tuple[int, int]:
        """After which position to answer, in which run at least. A loss is noted before the asker forgets of it."""
        runs = await self._runs()
        position = question.position
        end = end_of(runs, position.run, await self._outlet.head())
        is_known = not position.run or any(run == position.run for run, _ in runs)
        if is_known and position.pos <= end:
            return position.pos, position.run
        if question.whose == self._me:
            await self._outlet.note_loss(asker)
            for tell in self._lost:
                tell(asker)
        return end, runs[-1][0]  # a run that no backup from before knows: should this log be restored once more

    async def _runs(self) -> Runs:
        runs = await self._outlet.runs()
        if not runs:
            raise Unavailable("The log of this site was never opened.")
        return runs
