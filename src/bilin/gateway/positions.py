"""Which positions this log has: one from before it was restored from a backup may name something else now, or nothing.

Clients hold a run beside their position, as sites do of each other (decision 0016). The log goes on in a new run with
every start, so most of those who come back name an earlier one; the runs are remembered while no later one is heard of.
"""

import asyncio

from bilin.core.database import snapshot
from bilin.core.log.runs import Position, Runs, end_of
from bilin.core.log.store import read_runs
from bilin.core.site import Site

NEVER = -1


class Positions:
    """Asks the log as seldom as it can."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._runs: Runs = []
        self._as_of = NEVER
        """The tail's run when they were read: as long as it stands there, all that was delivered is of these runs."""
        self._reading = asyncio.Lock()

    async def have(self, position: Position) -> bool:
        """Whether this log has a position, and had it in that run. Raises `Unavailable` when that cannot be told."""
        if self._remembers(position):
            return True
        async with self._reading:  # when everybody comes back at once, the first reads for all
            return self._remembers(position) or await self._read(position)

    def _remembers(self, position: Position) -> bool:
        tail = self._site.tail
        return self._as_of == tail.run_id and position.pos <= end_of(self._runs, position.run, tail.pos)

    async def _read(self, position: Position) -> bool:
        as_of = self._site.tail.run_id
        async with snapshot(self._site.pool) as (db, head):
            self._runs, self._as_of = await read_runs(db), as_of
        return position.pos <= end_of(self._runs, position.run, head)
