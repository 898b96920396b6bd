"""The log writer: the only writer of state in a site.

It takes decisions from all handlers, up to `MAX_BATCH` events at a time, and in one transaction gives each event the
next position, inserts it into the log and applies it. Callers are answered after the commit, never before. One writer
per site: an advisory lock held on the very connection that commits, so a writer that lost the lock cannot commit.
"""

import asyncio
import contextlib
from collections import deque
from collections.abc import Sequence
from time import monotonic

import asyncpg
import structlog

from bilin.core import database, telemetry
from bilin.core.bus import Bus
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.events import APPLIERS, Batch, Event, Recorded, Work
from bilin.core.ids import HybridClock, Id, PersonId
from bilin.core.log import store
from bilin.core.log.admission import Admission, Pending
from bilin.core.log.decision import Decision, Receipt
from bilin.core.log.publication import publish_entries

logger = structlog.get_logger(__name__)

MAX_BATCH = 500
LOCK_KEY = 0x62696C696E  # "bilin"
APPEND_TIMEOUT_S = 20.0
GATHER_S = 0.002
"""How long a busy writer waits for more before it commits: fewer, larger commits cost less CPU and fewer fsyncs."""
BUSY_BATCH = 8


class LogWriter:
    """Appends decisions. `run` it in one task; `append` from any handler."""

    def __init__(self, url: str, bus: Bus, keys: Keyring, clock: HybridClock, site: int) -> None:
        self._url, self._bus, self._keys, self._clock, self._site = url, bus, keys, clock, site
        self._queue: deque[Pending] = deque()
        self._wake = asyncio.Event()
        self._admission = Admission()
        self._db: asyncpg.Connection[asyncpg.Record] | None = None
        self._pos = 0
        self._last_batch = 0

    @property
    def is_writing(self) -> bool:
        """Whether this process holds the lock and can commit."""
        return self._db is not None and not self._db.is_closed()

    async def append(self, decision: Decision, actor: PersonId | None, key: str | None = None) -> Receipt:
        """Append a decision. Returns after the commit.

        Raises `Stale` when an expectation fails, and `Unavailable` when nothing can be committed now; a decision that
        was answered so may still be committed later, so repeat it with the same key.
        """
        if not decision.events:
            raise ValueError("a decision has at least one event")
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        first = decision.id if decision.id is not None else Id(self._clock.next())
        ids = [first, *(Id(self._clock.next()) for _ in decision.events[1:])]
        self._queue.append(Pending(decision, ids, actor, key if actor is not None else None, future))
        self._wake.set()
        try:
            return await asyncio.wait_for(asyncio.shield(future), APPEND_TIMEOUT_S)
        except TimeoutError as cause:
            raise Unavailable("the log did not answer in time") from cause

    async def run(self) -> None:
        """Hold the lock and commit what comes, for ever; connect again whenever the database went away."""
        unsure: list[Pending] = []
        while True:
            try:
                db = await self._take_lock()
                await self._settle(db, unsure)
                unsure = []
                await self._commit_forever(db, unsure)
            except database.CONNECTION_ERRORS as cause:
                logger.warning("log.database_lost", reason=repr(cause))
                await self._drop_connection()
                await asyncio.sleep(0.2)
            except asyncio.CancelledError:
                await self._drop_connection()
                raise

    async def _take_lock(self) -> "asyncpg.Connection[asyncpg.Record]":
        db = await database.connect(self._url)
        while not await db.fetchval("SELECT pg_try_advisory_lock($1)", LOCK_KEY):  # noqa: ASYNC110 (held elsewhere)
            await asyncio.sleep(0.2)
        self._pos = await database.head(db)
        last_id = await db.fetchval("SELECT max(id) FROM core.log")
        if last_id is not None:
            self._clock.observe(last_id)
        self._admission.forget()
        self._db = db
        logger.info("log.writing", pos=self._pos)
        return db

    async def _drop_connection(self) -> None:
        db, self._db = self._db, None
        if db is not None and not db.is_closed():
            with contextlib.suppress(Exception):
                await db.close(timeout=1)

    async def _settle(self, db: database.Connection, unsure: Sequence[Pending]) -> None:
        """After a lost connection: were the events in flight committed? Answer for those, queue the others again."""
        if not unsure:
            return
        found = await store.find_present(db, [pending.ids[0] for pending in unsure])
        for pending in reversed(unsure):
            if pending.ids[0] in found:
                pos = found[pending.ids[0]] + len(pending.ids) - 1
                pending.resolve(Receipt(pending.ids[0], pos))
            elif not pending.future.cancelled():
                self._queue.appendleft(pending)
                self._wake.set()

    async def _commit_forever(self, db: database.Connection, unsure: list[Pending]) -> None:
        while True:
            if not self._queue:
                self._wake.clear()
                await self._wait_for_work(db)
                continue
            if self._last_batch >= BUSY_BATCH and len(self._queue) < MAX_BATCH:
                await asyncio.sleep(GATHER_S)
            batch = self._take_batch()
            self._last_batch = len(batch)
            unsure[:] = batch
            await self._commit_or_split(db, batch)
            unsure.clear()

    async def _wait_for_work(self, db: database.Connection) -> None:
        try:
            await asyncio.wait_for(self._wake.wait(), 1.0)
        except TimeoutError:
            await db.execute("SELECT 1")  # notice a lost connection, and the lost lock with it, while idle

    def _take_batch(self) -> list[Pending]:
        batch: list[Pending] = []
        size = 0
        while self._queue and (not batch or size + len(self._queue[0].ids) <= MAX_BATCH):
            pending = self._queue.popleft()
            if not pending.future.cancelled():
                batch.append(pending)
                size += len(pending.ids)
        return batch

    async def _commit_or_split(self, db: database.Connection, batch: list[Pending]) -> None:
        """Commit a batch; when a single decision spoils it, commit the others one by one without it."""
        try:
            await self._commit(db, batch)
        except asyncpg.UniqueViolationError as cause:
            await self._answer_repeated(db, batch, cause)
        except database.CONNECTION_ERRORS:
            raise
        except Exception as cause:
            if len(batch) == 1:
                logger.exception("log.event_refused", types=[type(e).__name__ for e in batch[0].decision.events])
                batch[0].reject(cause)
                return
            for pending in batch:
                await self._commit_or_split(db, [pending])

    async def _answer_repeated(self, db: database.Connection, batch: list[Pending], cause: Exception) -> None:
        sent = [(int(p.actor), p.key) for p in batch if p.actor is not None and p.key is not None]
        found = await store.find_keys(db, sent)
        rest = []
        for pending in batch:
            first = found.get((int(pending.actor or 0), pending.key or ""))
            if first is None:
                rest.append(pending)
            else:
                pending.resolve(Receipt(first[0], first[1], repeated=True))
        if len(rest) == len(batch):  # some other uniqueness: a mistake in one of them
            if len(batch) == 1:
                logger.error("log.event_refused", reason=repr(cause))
                batch[0].reject(cause)
                return
            for pending in batch:
                await self._commit_or_split(db, [pending])
        elif rest:
            await self._commit_or_split(db, rest)

    async def _commit(self, db: database.Connection, batch: list[Pending]) -> None:
        began = monotonic()
        admitted, bumped = await self._admission.admit(db, batch, self._pos)
        rows = self._rows(admitted)
        if rows:
            await self._keys.ensure(db, {(row.record.event.key_scope(), row.record.id) for row in rows})
            async with db.transaction():
                await store.insert_rows(db, self._keys, rows)
                await store.bump_versions(db, bumped)
                await apply_all(Work(db, self._keys), [row.record for row in rows])
            self._pos = rows[-1].record.pos
            self._admission.committed(admitted, bumped, self._pos)
            telemetry.log_commits.inc()
            telemetry.log_events.inc(len(rows))
            telemetry.commit_seconds.observe(monotonic() - began)
        self._answer(admitted)
        if rows:
            await publish_entries(self._bus, self._site, [row.entry for row in rows])

    def _rows(self, admitted: Sequence[Pending]) -> list[store.Row]:
        rows: list[store.Row] = []
        pos = self._pos
        for pending in admitted:
            for index, (identifier, event) in enumerate(zip(pending.ids, pending.decision.events, strict=True)):
                pos += 1
                key = pending.key if index == 0 else None
                rows.append(store.row_of(Recorded(pos, identifier, self._site, pending.actor, key, event)))
        return rows

    def _answer(self, admitted: Sequence[Pending]) -> None:
        pos = self._pos - sum(len(pending.ids) for pending in admitted)
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
