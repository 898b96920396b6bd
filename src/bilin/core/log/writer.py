"""The log writer: the only writer of state in a site.

It takes decisions from all handlers, up to `MAX_BATCH` events at a time, and with them an intake from another site, and
in one transaction gives each event the next position, inserts it into the log and applies it. Callers are answered
after the commit, never before. One writer per site: an advisory lock held on the very connection that commits, so a
writer that lost the lock cannot commit.
"""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from time import monotonic

import asyncpg
import structlog

from bilin.core import database
from bilin.core.backoff import while_away
from bilin.core.bus import Bus
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.ids import HybridClock, Id, PersonId
from bilin.core.log.commit import Commits
from bilin.core.log.decision import Decision, Kept, Receipt
from bilin.core.log.entry import Entry, encode_event
from bilin.core.log.foreign import Arriving, Intake, Taken
from bilin.core.log.lead import Lead
from bilin.core.log.pending import Answer, Pending, Waiting
from bilin.core.log.publication import Publication
from bilin.core.log.queue import Queue, Queued
from bilin.core.log.standby import Standby
from bilin.core.log.store import insert_run, read_latest_id
from bilin.core.log.unapplied import CheckClaims, apply_known, believe_all

logger = structlog.get_logger(__name__)

MAX_BATCH = 500
"""Events of decisions in one commit; one that is larger goes alone. An intake of another site may come on top."""
MAX_WAITING = 20_000
"""Decisions that may wait for the database; further ones are refused at once."""
LOCK_KEY = 0x62696C696E  # "bilin"
APPEND_TIMEOUT_S = 20.0
RETRY_S = 0.2
STANDS_BY_AFTER_S = 1.5
"""A writer that lost its connection takes the lock again; when it cannot for so long, another process has it."""
IDLE_CHECK_S = 5.0
"""How often the connection is used when there is nothing to commit: it notices its loss, and keeps the session, which
the database ends after `idle_session_timeout`."""
PACE_S = 0.006
"""Least time from the beginning of one commit to the next: fewer, larger commits cost less CPU and fewer flushes. What
comes after a quiet moment is committed at once."""
COMMAND_TIMEOUT_S = 15.0
CONNECTION_SETTINGS = {
    "application_name": "bilin log writer",
    "jit": "off",
    # Its parameters are arrays, so PostgreSQL takes a plan of its own for each commit to be cheaper, and makes it anew
    # every time: half of what the database does for a single message. The general one has the same index scans.
    "plan_cache_mode": "force_generic_plan",
    # A writer that hangs or is cut off must lose the lock, so that another one can take over.
    "idle_session_timeout": "20s",
    "idle_in_transaction_session_timeout": "20s",
    "tcp_keepalives_idle": "5",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}
# What is acknowledged is on disk, even where the database's default was relaxed.
ENSURE_DURABLE = """
SELECT set_config('synchronous_commit', 'on', false)
 WHERE current_setting('synchronous_commit') IN ('off', 'local')"""


class Moved(Unavailable):
    """Another process writes the log, and nothing was tried here."""


class LogWriter:
    """Appends decisions and what other sites sent. `run` it in one task; call `append` and `take_in` from any other."""

    def __init__(
        self,
        url: str,
        bus: Bus,
        keys: Keyring,
        clock: HybridClock,
        site: int,
        hear: Callable[[list[Entry], int], None] | None = None,
    ) -> None:
        """`hear` is told of every commit and its run at once: the tail of this process."""
        self._url, self._keys, self._clock, self._site, self._hear = url, keys, clock, site, hear
        self._publication = Publication(bus, site)
        self._queue = Queue()
        self._unsure: list[Queued] = []
        self._again = while_away()
        self._wake = asyncio.Event()
        self._db: asyncpg.Connection[asyncpg.Record] | None = None
        self._commits: Commits | None = None
        self._began_at = 0.0
        self.lead = Lead()
        self.can_move = False
        """Whoever appends can turn to another process: what waits here is told so (`Moved`) when that one writes."""
        self.judge: CheckClaims = believe_all
        """Asked before what other sites sent is applied after an upgrade. Set it before `run`."""
        self.run_id = 0
        """The run (`core.run`) of the connection that commits; 0 before the first."""

    @property
    def is_writing(self) -> bool:
        """Whether this process holds the lock and can commit."""
        return self._db is not None and not self._db.is_closed()

    async def append(
        self, decision: Decision, actor: PersonId | None, key: str | None = None, command: bytes | None = None
    ) -> Receipt:
        """Append a decision. Returns after the commit. `command`: a fingerprint of what the key came with.

        Raises `Stale` when an expectation fails, `KeyReused` when the key came with another command, and `Unavailable`
        when nothing can be committed now; a decision that was answered so may have been committed all the same, so
        repeat it with the same key.
        """
        return await self._answered(self.submit(decision, actor, key, command))

    def submit(
        self,
        decision: Decision,
        actor: PersonId | None,
        key: str | None = None,
        command: bytes | None = None,
        data: Sequence[bytes] | None = None,
    ) -> Pending:
        """Put a decision into the queue without waiting: its `future` is answered as `append` says. `data`: the JSON of
        its events, where somebody has it. Raises `Unavailable` when too many wait."""
        if not decision.events:
            raise ValueError("a decision has at least one event")
        self._require_room()
        pending = self._prepare(decision, actor, key, command, data)
        self._queue.put(pending)
        self._wake.set()
        return pending

    def observe(self, identifier: int) -> None:
        """The ids that this process gives from now on are later. Raises `ClockAhead`."""
        self._clock.observe(identifier)

    def remembered(self, actor: PersonId, key: str) -> Kept | None:
        """What somebody's key resulted in, if that was lately: without a question to the database."""
        return None if self._commits is None else self._commits.remembered((int(actor), key))

    async def take_in(self, intake: Intake) -> Taken:
        """Append those of the events that are not here yet, and run the intake's effect. Returns after the commit.

        Raises, with nothing changed: `msgspec.ValidationError` when an event of it is none, `ClockAhead` when one lies
        too far in the future, and what the database or the effect raise. After `Unavailable` it may have been committed
        all the same; take it in again.
        """
        self._require_room()
        arriving = Arriving(intake, asyncio.get_running_loop().create_future())
        if arriving.ids:
            self._clock.observe(max(arriving.ids))
        self._queue.put(arriving)
        return await self._answered(arriving)

    async def run(self) -> None:
        """Hold the lock and commit what comes, for ever; connect again whenever the database went away."""
        while True:
            try:
                await self._write()
            except asyncio.CancelledError:
                self._give_up()
                raise
            except (*database.CONNECTION_ERRORS, OSError) as cause:
                logger.warning("log.database_lost", reason=repr(cause))
            except Exception:
                logger.exception("log.writer_failed")
            await self._again.wait()

    def _require_room(self) -> None:
        if len(self._queue) >= MAX_WAITING:
            raise Unavailable("too many changes wait for the database")

    async def _answered(self, waiting: Waiting[Answer]) -> Answer:
        self._wake.set()
        timer = asyncio.get_running_loop().call_later(APPEND_TIMEOUT_S, time_out, waiting)
        try:
            return await waiting.future
        finally:
            timer.cancel()

    def _prepare(
        self,
        decision: Decision,
        actor: PersonId | None,
        key: str | None,
        command: bytes | None,
        data: Sequence[bytes] | None,
    ) -> Pending:
        events, clock = decision.events, self._clock
        first = decision.id if decision.id is not None else Id(clock.next())
        ids = [first] if len(events) == 1 else [first, *(Id(clock.next()) for _ in events[1:])]
        if data is None:  # what cannot be encoded fails here, for its caller alone
            data = [encode_event(event) for event in events]
        future: asyncio.Future[Receipt] = asyncio.get_running_loop().create_future()
        return Pending(decision, ids, data, actor, None if actor is None else key, future, command)

    async def _write(self) -> None:
        """One life of a connection: take the lock, settle what the last one left open, commit."""
        db = await database.connect(self._url, COMMAND_TIMEOUT_S, CONNECTION_SETTINGS)
        db.add_termination_listener(lambda _: self._wake.set())
        standby = Standby(db)
        try:
            await self._wait_for_lock(db)
            await self._publication.begin()
            await self._begin_run(db)
            standby.require()  # now all that was committed before has reached it, too
            await apply_known(db, self._keys, self._site, self.judge)
            head = await database.head(db)
            commits = Commits(db, self._keys, self._site, self._clock, head, self._publish, standby)
            self._queue.put_back(await commits.settle(self._unsure))
            self._unsure = []
            self._db, self._commits = db, commits
            self._again.went_well()
            self.lead.take()
            logger.info("log.writing", pos=commits.pos)
            await self._commit_forever(db, commits)
        except database.MISUSE_OR_LOSS as cause:
            if db.is_closed():
                raise ConnectionError("the database closed the connection") from cause
            raise
        finally:
            self._db = self._commits = None
            db.terminate()  # at once, with the lock; a polite good-bye could wait for a server that is gone

    async def _wait_for_lock(self, db: database.Connection) -> None:
        began = monotonic()
        while not await db.fetchval("SELECT pg_try_advisory_lock($1)", LOCK_KEY):
            if not self.lead.is_elsewhere and (not self.lead.is_held or monotonic() - began > STANDS_BY_AFTER_S):
                self._stand_by()
            await asyncio.sleep(RETRY_S)
        await db.execute(ENSURE_DURABLE)
        if last_id := await read_latest_id(db):
            self._clock.begin_after(last_id)

    async def _begin_run(self, db: database.Connection) -> None:
        run = 1 + secrets.randbelow((1 << 62) - 1)
        await insert_run(db, run)
        self.run_id = run

    async def _commit_forever(self, db: database.Connection, commits: Commits) -> None:
        while True:
            if not self._queue:
                await self._wait_for_work(db)
                continue
            wait_s = self._began_at + PACE_S - monotonic()
            if wait_s > 0 and len(self._queue) < MAX_BATCH:
                await asyncio.sleep(wait_s)
            self._began_at = monotonic()
            self._unsure = self._queue.take(MAX_BATCH)
            await commits.commit(self._unsure)
            self._unsure = []

    async def _wait_for_work(self, db: database.Connection) -> None:
        self._wake.clear()
        if db.is_closed():
            raise ConnectionError("the database closed the connection")
        due_s = self._publication.head_due_s
        timer = asyncio.get_running_loop().call_later(IDLE_CHECK_S if due_s is None else due_s, self._wake.set)
        try:
            await self._wake.wait()
        finally:
            timer.cancel()
        if self._queue:
            return
        if due_s is not None:
            await self._publication.tell_head()
        else:
            await db.execute("SELECT 1")  # notice a connection that is cut, and the lost lock with it, while idle

    async def _publish(self, entries: list[Entry]) -> None:
        """Tell the tail here, and the bus. The commit stands whatever happens: what is missed is found in the log."""
        if self._hear is not None:
            try:
                self._hear(entries, self.run_id)
            except Exception:  # the tail finds a hole, and reads it from the log
                logger.exception("log.tail_failed")
        await asyncio.sleep(0)  # answers and frames of this process leave first
        try:
            await self._publication.publish(entries, self.run_id)
        except Exception:
            logger.exception("log.publish_failed")

    def _stand_by(self) -> None:
        """Another process writes. What was never tried here may go there; what was may have been committed."""
        self.lead.leave()
        logger.info("log.standing_by")
        if self.can_move:
            for pending in self._queue:
                pending.reject(Moved())
            self._queue.clear()

    def _give_up(self) -> None:
        """The process ends: nobody is left waiting."""
        for pending in (*self._unsure, *self._queue):
            pending.reject(Unavailable("this server is stopping"))
        self._queue.clear()


def time_out(waiting: Waiting[Answer]) -> None:
    """Nobody waits longer for it."""
    waiting.reject(Unavailable("the log did not answer in time"))
