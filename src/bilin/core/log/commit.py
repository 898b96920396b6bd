"""From a batch of decisions and intakes to one commit; what spoils a batch is found by halving and refused alone."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from time import monotonic

import asyncpg
import structlog

from bilin.core import database, telemetry
from bilin.core.crypto import Keyring
from bilin.core.errors import OutOfResources
from bilin.core.events import APPLIERS, Batch, Event, Recorded, Work
from bilin.core.ids import HybridClock, Id
from bilin.core.log import store
from bilin.core.log.admission import Admission
from bilin.core.log.alone import insert_alone
from bilin.core.log.decision import Kept, Receipt
from bilin.core.log.entry import Entry, type_of
from bilin.core.log.foreign import Arriving, Taken, record_of
from bilin.core.log.pending import Pending
from bilin.core.log.standby import Standby

logger = structlog.get_logger(__name__)

LOG_PRIMARY_KEY = "log_pkey"
EXHAUSTED = (asyncpg.InsufficientResourcesError, asyncpg.PostgresSystemError)
"""The server has no memory, no disk, or cannot read it: no decision is to blame."""

Announce = Callable[[list[Entry]], Awaitable[None]]


class Commits:
    """Commits on the one connection that holds the lock, as long as it lives.

    What `commit` raises means that the connection must be given up, and that nobody knows what became of what was not
    yet answered; all other errors are answered to the decision or intake they belong to.
    """

    def __init__(
        self,
        db: "asyncpg.Connection[asyncpg.Record]",
        keys: Keyring,
        site: int,
        clock: HybridClock,
        pos: int,
        announce: Announce,
        standby: Standby,
    ) -> None:
        self._db, self._keys, self._site, self._clock, self._announce = db, keys, site, clock, announce
        self._standby = standby
        self._admission = Admission()
        self.pos = pos

    def remembered(self, name: tuple[int, str]) -> Kept | None:
        """What a key resulted in, if that was lately."""
        return self._admission.remembered(name)

    async def settle(self, unsure: Sequence[Pending | Arriving]) -> list[Pending | Arriving]:
        """After a lost connection: answer what was committed, return the rest.

        The lock makes the answer certain: it was free only once the lost connection's transaction had ended. An intake
        that brought nothing new is not answered: its effect runs again.
        """
        firsts = {id(each): first for each in unsure if (first := each.first_new) is not None}
        found = await store.find_present(self._db, list(firsts.values())) if firsts else {}
        for each in unsure:
            pos = found.get(firsts.get(id(each), 0))
            if pos is None:
                continue
            if isinstance(each, Arriving):
                each.resolve(Taken(each.span, pos + each.span - 1))
            else:
                each.resolve(Receipt(each.ids[0], pos + each.span - 1))
        return [each for each in unsure if not each.is_answered]

    async def commit(self, batch: Sequence[Pending | Arriving]) -> None:
        """Commit a batch and answer everybody in it."""
        try:
            await self._commit(batch)
        except asyncpg.UniqueViolationError as cause:
            if cause.constraint_name == LOG_PRIMARY_KEY:
                raise  # somebody else wrote to the log: our position is wrong, begin anew
            if not await self._answer_repeated(batch):
                await self._halve(batch, cause)
        except EXHAUSTED as cause:
            logger.exception("log.database_exhausted")
            for each in batch:
                each.reject(OutOfResources(f"the database is out of resources: {type(cause).__name__}"))
        except (*database.CONNECTION_ERRORS, asyncio.CancelledError):
            raise
        except Exception as cause:
            if self._db.is_closed():
                raise
            await self._halve(batch, cause)

    async def _halve(self, batch: Sequence[Pending | Arriving], cause: Exception) -> None:
        if len(batch) > 1:
            middle = len(batch) // 2
            await self.commit(batch[:middle])
            await self.commit(batch[middle:])
        elif batch and not batch[0].is_answered:
            spoilt = batch[0]
            if isinstance(spoilt, Pending):
                types = [type(event).__name__ for event in spoilt.decision.events]
                logger.error("log.decision_refused", types=types, exc_info=cause)
            else:
                logger.error("log.intake_refused", new=spoilt.span, exc_info=cause)
            spoilt.reject(cause)

    async def _answer_repeated(self, batch: Sequence[Pending | Arriving]) -> bool:
        """Answer the keys that are in the log already and commit the rest; False when there are none."""
        named = [
            (each, name)
            for each in batch
            if isinstance(each, Pending) and not each.is_answered and (name := each.sent_key) is not None
        ]
        found = await store.find_keys(self._db, [name for _, name in named])
        if not found:
            return False
        for pending, name in named:
            if (first := found.get(name)) is not None:
                pending.repeat(first)
        await self.commit([each for each in batch if not each.is_answered])
        return True

    async def _commit(self, batch: Sequence[Pending | Arriving]) -> None:
        began = monotonic()
        admitted, bumped = await self._admission.admit(self._db, batch, self.pos)
        if not admitted:
            return
        rows = self._rows(admitted)
        await self._keys.ensure(self._db, {(row.scope, row.record.id) for row in rows})
        is_alone = len(rows) == len(admitted) == 1 and isinstance(admitted[0], Pending) and not bumped
        if is_alone and await insert_alone(Work(self._db, self._keys, self._site), rows[0]):
            entries = [rows[0].entry]
        else:
            entries = await self._write(admitted, rows, bumped)
        self._standby.require()
        self._admission.committed(admitted, bumped, self.pos)
        self._answer(admitted)
        if rows:
            self.pos = rows[-1].record.pos
            telemetry.log_commits.inc()
            telemetry.log_events.inc(len(rows))
            telemetry.commit_seconds.observe(monotonic() - began)
            await self._announce(entries)

    async def _write(
        self, admitted: Sequence[Pending | Arriving], rows: Sequence[store.Row], bumped: dict[int, int]
    ) -> list[Entry]:
        """One transaction; the entries to be told."""
        async with self._db.transaction():
            if rows:
                await store.insert_rows(self._db, self._keys, rows)
                await store.bump_versions(self._db, bumped)
                await apply_all(Work(self._db, self._keys, self._site), [row.record for row in rows])
            entries = await store.committed_entries(self._db, self._keys, rows)
            arrived = [each for each in admitted if isinstance(each, Arriving)]
            if arrived:
                await self._complete(arrived, rows)
        return entries

    async def _complete(self, arrived: Sequence[Arriving], rows: Sequence[store.Row]) -> None:
        """What is true together with the events from other sites."""
        await store.note_unapplied(self._db, rows)
        for each in arrived:
            await each.effect(self._db, each.records)

    def _rows(self, admitted: Sequence[Pending | Arriving]) -> list[store.Row]:
        rows: list[store.Row] = []
        for each in admitted:
            before = self.pos + len(rows)
            rows += self._decided(each, before) if isinstance(each, Pending) else self._arrived(each, before)
        return rows

    def _decided(self, pending: Pending, pos: int) -> Iterator[store.Row]:
        key, span = pending.key, len(pending.ids)
        for identifier, event, data in zip(pending.ids, pending.decision.events, pending.data, strict=True):
            pos += 1
            record: Recorded[Event] = Recorded(pos, identifier, self._site, pending.actor, key, event)
            yield store.row_of(record, data, type_of(event)[1], span, command=None if key is None else pending.command)
            key = None  # it stands on the first event alone, and so does the span
            span = 0

    def _arrived(self, arriving: Arriving, pos: int) -> list[store.Row]:
        now = Id(self._clock.next())
        arriving.records = [
            record_of(foreign, event, place, now) for place, (foreign, event) in enumerate(arriving.new, pos + 1)
        ]
        return [
            store.row_of(record, foreign.data, foreign.version, 1, foreign.mark)
            for record, (foreign, _) in zip(arriving.records, arriving.new, strict=True)
        ]

    def _answer(self, admitted: Sequence[Pending | Arriving]) -> None:
        pos = self.pos
        for each in admitted:
            pos += each.span
            if isinstance(each, Pending):
                each.resolve(Receipt(each.ids[0], pos))
            else:
                each.resolve(Taken(each.span, pos))


async def apply_all(work: Work, records: Sequence[Recorded[Event]]) -> None:
    """Turn recorded events into rows: each type in bulk, in the order its applier was registered."""
    by_type: dict[type[Event], list[Recorded[Event]]] = {}
    for record in records:
        by_type.setdefault(type(record.event), []).append(record)
    if len(by_type) == 1:
        ((cls, of_type),) = by_type.items()
        if cls in APPLIERS:
            await APPLIERS[cls](work, Batch(of_type))
        return
    for cls, applier in APPLIERS.items():
        if cls in by_type:
            await applier(work, Batch(by_type[cls]))
