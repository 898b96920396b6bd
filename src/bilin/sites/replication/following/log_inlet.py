"""The inlet of a real site: the log, and beside it how far the others' logs were followed."""

import hmac
from collections.abc import Callable, Mapping, Sequence

import msgspec

from bilin.core.database import Connection, reading
from bilin.core.events import Event, Recorded
from bilin.core.log.foreign import Intake
from bilin.core.log.runs import START, Position
from bilin.core.ownership import FOUNDER
from bilin.core.site import Site
from bilin.sites.replication.errors import BadBatch
from bilin.sites.replication.following.event_auth import EventAuth, foreign_of
from bilin.sites.replication.following.kept_back_table import KeptBackTable, require_access
from bilin.sites.replication.ports import NOTHING, IntakeResult, KeptBack, Need
from bilin.sites.replication.transport.wire import LIST, Sent, SiteBatch

SELECT_POSITION = "SELECT run, pos FROM sites.position WHERE holder = $1 AND whose = $2"
SELECT_POSITIONS = "SELECT holder, run, pos FROM sites.position WHERE holder = whose"
SAVE_POSITION = """
INSERT INTO sites.position (holder, whose, run, pos) VALUES ($1, $2, $3, $4)
ON CONFLICT (holder, whose) DO UPDATE SET run = excluded.run, pos = excluded.pos"""
SELECT_NEEDS = """
SELECT scope, since_run, since_pos, run, pos FROM sites.need WHERE holder = $1 AND whose = $2
 ORDER BY since_pos, scope"""
OPEN = """
INSERT INTO sites.need (holder, whose, since_run, since_pos, scope, run, pos)
SELECT $1, $2, $3, $4, scope, 0, 0 FROM unnest($5::bigint[]) AS opened(scope)
ON CONFLICT (holder, whose, scope) DO UPDATE
   SET since_run = excluded.since_run, since_pos = excluded.since_pos, run = 0, pos = 0"""
THE_NEED = "holder = $1 AND whose = $2 AND scope = $3 AND since_run = $4 AND since_pos = $5"
SAVE_NEED = f"UPDATE sites.need SET run = $6, pos = $7 WHERE {THE_NEED}"  # noqa: S608 (a constant)
FORGET_NEED = f"DELETE FROM sites.need WHERE {THE_NEED}"  # noqa: S608 (a constant)
SELECT_LOSSES = "SELECT site, note FROM sites.loss"
FORGET_LOSS = "DELETE FROM sites.loss WHERE site = $1 AND note = $2"


class LogInlet:
    """Takes in what other sites send. `advanced` is told how far a site's own log was followed, after the commit;
    `stirred`, that something was kept back."""

    def __init__(
        self, site: Site, judging: EventAuth, advanced: Callable[[int, Position], None], stirred: Callable[[], None]
    ) -> None:
        self._pool, self._log, self._keys, self._here = site.pool, site.log, site.keys, site.number
        self._judging, self._advanced, self._stirred = judging, advanced, stirred
        self._kept = KeptBackTable(site.pool, site.keys, site.clock)

    async def position(self, holder: int, whose: int) -> Position:
        """How far a log was followed; `START` when it never was."""
        async with reading(self._pool) as db:
            row = await db.fetchrow(SELECT_POSITION, holder, whose)
        return START if row is None else Position(row["run"], row["pos"])

    async def judge(self, whose: int, events: Sequence[Sent]) -> Sequence[str | None]:
        """Why each event is not its site's to say; None: it is."""
        return await self._judging.judge(whose, events)

    async def take_in(
        self, batch: SiteBatch, need: Need | None = None, kept: Mapping[int, str] = NOTHING
    ) -> IntakeResult:
        """Append what is new, and save the position, the needs and what is kept back with it."""
        held = [(event, kept[event.id]) for event in batch.events if event.id in kept]
        await self._kept.prepare(batch.whose, held)

        async def remember(db: Connection, _: Sequence[Recorded[Event]]) -> None:
            await require_access(db, batch.whose)
            await self._kept.keep(db, batch.whose, held)
            await _remember(db, batch, need)

        foreign = [foreign_of(batch.whose, event) for event in batch.events if event.id not in kept]
        taken = await self._append(batch.holder, Intake(foreign, remember))
        if batch.scope == LIST and batch.whose == batch.holder:
            self._advanced(batch.holder, batch.position)
        if held:
            self._stirred()
        return IntakeResult(taken)

    async def kept_back(self, after: int, limit: int) -> Sequence[KeptBack]:
        """What is kept back, by id."""
        return await self._kept.page(after, limit)

    async def release(self, whose: int, events: Sequence[Sent]) -> None:
        """Append events that were kept back, and keep them no more."""

        async def forget(db: Connection, _: Sequence[Recorded[Event]]) -> None:
            await self._kept.forget(db, [event.id for event in events])

        await self._append(whose, Intake([foreign_of(whose, event) for event in events], forget))

    async def _append(self, holder: int, intake: Intake) -> int:
        try:
            return (await self._log.take_in(intake)).new
        except msgspec.ValidationError as cause:
            raise BadBatch(f"What site {holder} sent holds an event that is none: {cause}") from cause

    async def needs(self, holder: int, whose: int) -> Sequence[Need]:
        """What is still to be fetched from a holder, longest known first."""
        async with reading(self._pool) as db:
            rows = await db.fetch(SELECT_NEEDS, holder, whose)
        return [
            Need(holder, whose, scope, Position(since_run, since_pos), Position(run, pos))
            for scope, since_run, since_pos, run, pos in rows
        ]

    async def listed(self, need: Need, scopes: Sequence[int]) -> None:
        """A page of the list came: note a need for each."""
        async with reading(self._pool) as db:
            await db.execute(OPEN, need.holder, need.whose, need.since.run, need.since.pos, list(scopes))

    async def met(self, need: Need) -> None:
        """Forget a need, unless it was opened again meanwhile."""
        async with reading(self._pool) as db:
            await db.execute(FORGET_NEED, *_name(need))

    async def losses(self) -> Mapping[int, int]:
        """Sites that hold own events which this log lost, and the note's number."""
        async with reading(self._pool) as db:
            return {row["site"]: row["note"] for row in await db.fetch(SELECT_LOSSES)}

    async def recovered(self, site: int, note: int) -> None:
        """Everything was fetched back from a site; forget the note, unless it was made again."""
        async with reading(self._pool) as db:
            await db.execute(FORGET_LOSS, site, note)

    def recognises(self, holder: int, event: Sent) -> bool:
        """Whether this site itself wrote an event that a holder gives back."""
        mark = self._keys.mark(event.id, event.actor, event.type, event.version, event.data)
        return hmac.compare_digest(mark, event.mark) or (holder == FOUNDER and self._here != FOUNDER)


async def read_positions(db: Connection) -> dict[int, Position]:
    """How far each other site's own log was followed."""
    return {row["holder"]: Position(row["run"], row["pos"]) for row in await db.fetch(SELECT_POSITIONS)}


async def _remember(db: Connection, batch: SiteBatch, need: Need | None) -> None:
    if need is not None:
        await db.execute(SAVE_NEED, *_name(need), batch.run, batch.through)
        return
    await db.execute(SAVE_POSITION, batch.holder, batch.whose, batch.run, batch.through)
    if batch.opened:
        await db.execute(OPEN, batch.holder, batch.whose, batch.run, batch.through, list(set(batch.opened)))


def _name(need: Need) -> tuple[int, int, int, int, int]:
    return need.holder, need.whose, need.scope, need.since.run, need.since.pos
