"""The outlet of a real site: its log and the tables made of it, one snapshot an answer."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

from bilin.core.crypto import Keyring
from bilin.core.database import Pool, head, reading, snapshot
from bilin.core.ids import HybridClock
from bilin.core.log.store import read_runs
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.sites import SiteRegistry, read_sites
from bilin.sites.replication.feed import sharing
from bilin.sites.replication.feed.log_facts import LogFacts
from bilin.sites.replication.feed.selecting import Selection
from bilin.sites.replication.ports import Reading

NOTE_LOSS = """
INSERT INTO sites.loss (site, note) VALUES ($1, $2) ON CONFLICT (site) DO UPDATE SET note = excluded.note"""


class LogOutlet:
    """Reads the log of this site for others."""

    def __init__(
        self, pool: Pool, keys: Keyring, here: int, homes: Homes, clock: HybridClock, selection: Selection | None = None
    ) -> None:
        self._pool, self._keys, self._here, self._homes, self._clock = pool, keys, here, homes, clock
        self._selection = selection or Selection(here)
        self._lock = asyncio.Lock()

    async def runs(self) -> Sequence[tuple[int, int]]:
        """(run, first position) of every run of this log, in the order they began."""
        async with reading(self._pool) as db:
            return await read_runs(db)

    async def head(self) -> int:
        """The end of the log."""
        async with reading(self._pool) as db:
            return await head(db)

    async def read(self, to: int, whose: int, scope: int, after: int, max_events: int, max_bytes: int) -> Reading:
        """What is for a receiver. Raises `NotYours` when the scope is not the receiver's."""
        async with self._facts() as facts:
            return await self._selection.read(facts, to, whose, scope, after, max_events, max_bytes)

    async def scopes_for(self, to: int, whose: int, after: int, limit: int) -> Sequence[int]:
        """Conversations a site may have and events of `whose` are in, ascending after an id."""
        async with self._facts() as facts:
            return await self._selection.scopes_for(facts, to, whose, after, limit)

    async def gives(self, to: int, whose: int) -> bool:
        """Whether this site gives the events of `whose` to a site."""
        async with reading(self._pool) as db:
            roll = SiteRegistry(await read_sites(db))
        return sharing.gives(self._here, to, whose, roll.state)

    async def note_loss(self, site: int) -> None:
        """Note durably that a site holds own events which this log lost."""
        async with reading(self._pool) as db:
            await db.execute(NOTE_LOSS, site, self._clock.next())

    @asynccontextmanager
    async def _facts(self) -> AsyncIterator[LogFacts]:
        async with self._lock, snapshot(self._pool) as (db, end):
            yield LogFacts(db, self._keys, self._homes, end)
