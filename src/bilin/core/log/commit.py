"""From a batch of decisions to one commit; what spoils a batch is found by halving and refused alone."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import asyncpg
import structlog

from bilin.core import database, telemetry
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.events import APPLIERS, Batch, Event, Recorded, Work
from bilin.core.log import store
from bilin.core.log.admission import Admission
from bilin.core.log.decision import Receipt
from bilin.core.log.entry import Entry
from bilin.core.log.pending import Pending

logger = structlog.get_logger(__name__)

LOG_PRIMARY_KEY = "log_pkey"
EXHAUSTED = (asyncpg.InsufficientResourcesError, asyncpg.PostgresSystemError)
"""The server has no memory, no disk, or cannot read it: no decision is to blame."""

Announce = Callable[[list[Entry]], Awaitable[None]]


class Commits:
    """Commits on the one connection that holds the lock, as long as it lives.

    What `commit` raises means that the connection must be given up, and that nobody knows what became of the decisions
    not yet answered; all other errors are answered to the decision they belong to.
    """

    def __init__(
        self, db: "asyncpg.Connection[asyncpg.Record]", keys: Keyring, site: int, pos: int, announce: Announce
    ) -> None:
        self._db, self._keys, self._site, self._announce = db, keys, site, announce
        self._admission = Admission()
        self.pos = pos

    async def settle(self, unsure: Sequence[Pending]) -> list[Pending]:
        """After a lost connection: answer the decisions that were committed, return the others.

        The lock makes the answer certain: it was free only once the lost connection's transaction had ended.
        """
        if not unsure:
            return []
        found = await store.find_present(self._db, [pending.ids[0] for pending in unsure])
        for pending in unsure:
            if (pos := found.get(pending.ids[0])) is not None:
                pending.resolve(Receipt(pending.ids[0], pos + len(pending.ids) - 1))
        return [pending for pending in unsure if not pending.is_answered]

    async def commit(self, batch: Sequence[Pending]) -> None:
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
            for pending in batch:
                pending.reject(Unavailable(f"the database is out of resources: {type(cause).__name__}"))
        except (*database.CONNECTION_ERRORS, asyncio.CancelledError):
            raise
        except Exception as cause:
            if self._db.is_closed():
                raise
            await self._halve(batch, cause)

    async def _halve(self, batch: Sequence[Pending], cause: Exception) -> None:
        if len(batch) > 1:
            middle = len(batch) // 2
            await self.commit(batch[:middle])
            await self.commit(batch[middle:])
        elif batch and not batch[0].is_answered:
            types = [type(event).__name__ for event in batch[0].decision.events]
            logger.error("log.decision_refused", types=types, exc_info=cause)
            batch[0].reject(cause)

    async def _answer_repeated(self, batch: Sequence[Pending]) -> bool:
        """Answer the keys that are in the log already and commit the rest; False when there are none."""
        sent = [name for pending in batch if (name := pending.sent_key) is not None and not pending.is_answered]
        found = await store.find_keys(self._db, sent)
        if not found:
            return False
        for pending in batch:
            if (name := pending.sent_key) is not None and (first := found.get(name)) is not None:
                pending.resolve(Receipt(*first, repeated=True))
        await self.commit([pending for pending in batch if not pending.is_answered])
        return True

    async def _commit(self, batch: Sequence[Pending]) -> None:
        began = monotonic()
        admitted, bumped = await self._admission.admit(self._db, batch, self.pos)
        if not admitted:
            return
        rows = self._rows(admitted)
        await self._keys.ensure(self._db, {(row.record.event.key_scope(), row.record.id) for row in rows})
        async with self._db.transaction():
            await store.insert_rows(self._db, self._keys, rows)
            await store.bump_versions(self._db, bumped)
            await apply_all(Work(self._db, self._keys, self._site), [row.record for row in rows])
        self._admission.committed(admitted, bumped, self.pos)
        self._answer(admitted)
        self.pos = rows[-1].record.pos
        telemetry.log_commits.inc()
        telemetry.log_events.inc(len(rows))
        telemetry.commit_seconds.observe(monotonic() - began)
        await self._announce([row.entry for row in rows])

    def _rows(self, admitted: Sequence[Pending]) -> list[store.Row]:
        rows: list[store.Row] = []
        pos = self.pos
        for pending in admitted:
            key, span = pending.key, len(pending.ids)
            for identifier, event, data in zip(pending.ids, pending.decision.events, pending.data, strict=True):
                pos += 1
                record: Recorded[Event] = Recorded(pos, identifier, self._site, pending.actor, key, event)
                rows.append(store.row_of(record, data, span))
                key = None  # it stands on the first event alone, and so does the span
                span = 0
        return rows

    def _answer(self, admitted: Sequence[Pending]) -> None:
        pos = self.pos
        for pending in admitted:
            pos += len(pending.ids)
            pending.resolve(Receipt(pending.ids[0], pos))


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
