"""Questions to one holder: one is open at a time, and answers are checked before anybody sees them."""

import asyncio

from bilin.core.log.runs import Position
from bilin.sites.replication.errors import BadBatch
from bilin.sites.replication.following.checks import check_answer, check_scopes
from bilin.sites.replication.ports import Line
from bilin.sites.replication.transport.wire import Fetch, FetchScopes, Scopes, SiteBatch


class Questions:
    """Asks one holder."""

    def __init__(self, holder: int, line: Line) -> None:
        self.holder = holder
        self._line = line
        self._turn = asyncio.Lock()

    async def fetch(self, whose: int, scope: int, position: Position) -> SiteBatch:
        """The next batch after a position. Raises what the line raises, and `BadBatch`."""
        question = Fetch(whose, scope, position)
        async with self._turn:
            answer = await self._line.ask(self.holder, question)
        if not isinstance(answer, SiteBatch):
            raise BadBatch("What was sent is no batch.")
        check_answer(answer, self.holder, question)
        return answer

    async def scopes(self, whose: int, after: int) -> Scopes:
        """The next page of the conversations this site may have. Raises as `fetch`."""
        question = FetchScopes(whose, after)
        async with self._turn:
            answer = await self._line.ask(self.holder, question)
        if not isinstance(answer, Scopes):
            raise BadBatch("What was sent is no list of conversations.")
        check_scopes(answer, question)
        return answer
