"""The outlet of a real site: what of its log goes to which other site (docs/developers/sites.md, section 2).

Every answer is made in one snapshot, as of its head. Reads come one after another, so that what is remembered from one
to the next is never newer than the snapshot: knowing more than the log one reads would lose events.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import TypeAlias

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool, head, reading, snapshot
from bilin.core.events import EVENT_TYPES, Reach
from bilin.core.ids import HybridClock
from bilin.core.log.entry import decode_event
from bilin.core.log.store import Raw, read_raw, read_runs
from bilin.core.ownership import FOUNDER
from bilin.sites.homes.home_map import Homes
from bilin.sites.registry.sites import SiteRegistry, read_sites
from bilin.sites.replication.errors import NotYours
from bilin.sites.replication.feed.opening import Touched, opened_for, read_touched
from bilin.sites.replication.feed.sharing import Sharing, told_types
from bilin.sites.replication.ports import Reading
from bilin.sites.replication.transport.wire import LIST, Sent

NOTE_LOSS = """
INSERT INTO sites.loss (site, note) VALUES ($1, $2) ON CONFLICT (site) DO UPDATE SET note = excluded.note"""
SELECT_KEPT = """
SELECT id, actor, type, version, body, mark FROM sites.kept_back
 WHERE site = $1 AND octet_length(body) < 4000 ORDER BY id LIMIT $2"""
MAX_GIVEN_BACK = 100
EVENT_OVERHEAD_BYTES = 64
"""What an event weighs beside its data."""

Sites: TypeAlias = Mapping[int, frozenset[int]]
"""The sites of each conversation."""


class _Stretch:
    """A stretch of the log that was read last: what is new is read once for all receivers."""

    __slots__ = ("name", "raws", "touched")

    def __init__(self, name: tuple[int, int, int, int], raws: Sequence[Raw]) -> None:
        self.name, self.raws = name, raws
        self.touched: Touched | None = None


class LogOutlet:
    """Reads the log of this site for others."""

    def __init__(self, pool: Pool, keys: Keyring, here: int, homes: Homes, clock: HybridClock) -> None:
        self._pool, self._keys, self._here, self._clock = pool, keys, here, clock
        self._sharing = Sharing(homes, here)
        self._told_types = told_types()
        self._lock = asyncio.Lock()
        self._stretch = _Stretch((0, 0, 0, 0), [])

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
        async with self._looking() as (db, end):
            if scope != LIST and to != whose and not await self._sharing.has(db, to, scope):
                raise NotYours
            raws = await self._read(db, whose, scope, after, end, max_events)
            through = end if len(raws) < max_events else raws[-1].pos
            chosen = raws if to == whose else await self._for(db, to, raws)
            wanted, through = _cut(chosen, through, max_bytes)
            opened: Sequence[int] = ()
            if scope == LIST and to != whose:
                opened = await opened_for(db, self._sharing, await self._touched(db, after, through), to, end)
            is_given_back = to == whose and scope == LIST and through == end
            kept = await self._kept_back(db, to) if is_given_back else ()
        return Reading(through, end, [_sent(raw) for raw in wanted], opened, kept)

    async def _kept_back(self, db: Connection, whose: int) -> Sequence[Sent]:
        """What is kept back of the receiver's own, as much as fits beside a batch."""
        rows = await db.fetch(SELECT_KEPT, whose, MAX_GIVEN_BACK)
        await self._keys.load(db, [row["body"] for row in rows])
        return [
            Sent(r["id"], r["actor"], r["type"], r["version"], self._keys.open(r["id"], r["body"]), r["mark"])
            for r in rows
        ]

    async def _read(
        self, db: Connection, whose: int, scope: int, after: int, end: int, max_events: int
    ) -> Sequence[Raw]:
        if scope != LIST:
            return await read_raw(db, self._keys, site=whose, after=after, through=end, scope=scope, limit=max_events)
        wanted = (whose, after, end, max_events)
        if self._stretch.name != wanted:
            raws = await read_raw(db, self._keys, site=whose, after=after, through=end, limit=max_events)
            self._stretch = _Stretch(wanted, raws)
        return self._stretch.raws

    async def _touched(self, db: Connection, after: int, through: int) -> Touched:
        """Of the stretch read just now."""
        known = self._stretch.touched
        if known is None or (known.after, known.through) != (after, through):
            known = self._stretch.touched = await read_touched(db, self._keys, after, through)
        return known

    async def scopes_for(self, to: int, whose: int, after: int, limit: int) -> Sequence[int]:
        """Conversations a site may have and events of `whose` are in, ascending after an id."""
        async with self._looking() as (db, _):
            return await self._sharing.scopes_for(db, to, whose, after, limit)

    async def gives(self, to: int, whose: int) -> bool:
        """Whether this site gives the events of `whose` to a site."""
        async with reading(self._pool) as db:
            roll = SiteRegistry(await read_sites(db))
        if to == self._here or roll.state(to) != "joined":
            return False
        return whose in (self._here, to) or (self._here == FOUNDER and roll.state(whose) == "retired")

    async def note_loss(self, site: int) -> None:
        """Note durably that a site holds own events which this log lost."""
        async with reading(self._pool) as db:
            await db.execute(NOTE_LOSS, site, self._clock.next())

    @asynccontextmanager
    async def _looking(self) -> AsyncIterator[tuple[Connection, int]]:
        async with self._lock, snapshot(self._pool) as (db, end):
            await self._sharing.look(db, end)
            yield db, end

    async def _for(self, db: Connection, to: int, raws: Sequence[Raw]) -> list[Raw]:
        """What membership and policy let go to a site."""
        scopes = {raw.scope for raw in raws if raw.scope is not None}
        full = await self._sharing.full(db, scopes)
        asked = {raw.scope for raw in raws if raw.type in self._told_types and raw.scope is not None}
        told = await self._sharing.told(db, {scope for scope in asked if to not in full[scope]})
        return [raw for raw in raws if self._goes(to, raw, full, told)]

    def _goes(self, to: int, raw: Raw, full: Sites, told: Sites) -> bool:
        reach = _reach_of(raw)
        if reach in (Reach.SCOPE, Reach.HOME) and raw.scope is not None:
            return to in full[raw.scope] or (raw.type in self._told_types and to in told.get(raw.scope, ()))
        if reach is Reach.PERSON:
            person = getattr(decode_event(raw.type, raw.version, raw.data), "person", raw.actor)
            return person is None or self._sharing.map.leaves(person, "session") != "nothing"
        return reach is Reach.COMPANY


def _reach_of(raw: Raw) -> Reach:
    """How far an event goes. What this program does not know came from another site: it is of its scope, or of the
    company."""
    known = EVENT_TYPES.get(raw.type)
    if known is not None:
        return known.cls.REACH
    return Reach.COMPANY if raw.scope is None else Reach.SCOPE


def _cut(raws: Sequence[Raw], through: int, max_bytes: int) -> tuple[Sequence[Raw], int]:
    """As many as fit, one at least, and the position they reach through."""
    size = 0
    for index, raw in enumerate(raws):
        size += len(raw.data) + EVENT_OVERHEAD_BYTES
        if index and size > max_bytes:
            return raws[:index], raws[index].pos - 1
    return raws, through


def _sent(raw: Raw) -> Sent:
    return Sent(raw.id, raw.actor, raw.type, raw.version, raw.data, raw.mark)
