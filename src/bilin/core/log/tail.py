"""The live tail: every entry of this site's log, in order of position, without a hole, to functions in this process.

It takes the live stream from the bus, and in the log writer's process from the writer itself. Where nobody needs the
entries it hears of the log's head alone, once a second, and tells that the log grew. A batch that comes too early
waits; a hole that stays open for `HOLE_S` is read from PostgreSQL; a silent bus is checked against the log's head, so
that even the loss of the last message is noticed. So is a log that was restored from a backup under the running
process: everything it remembers is of what was lost, so it ends, and is started anew.

A listener that raises has missed a batch: what it remembers may be untrue from then on. It has to start over, that is
forget everything and read it again, as it would in a new process; one that cannot is of a process that ends as with a
lost log. When an entry cannot be read, those who can start over do. Why the process need not end each time, and why no
loop can come of it: docs/decisions/0029.
"""

import asyncio
import contextlib
import signal
import struct
from collections.abc import Callable, Sequence
from time import monotonic

import msgspec
import structlog

from bilin.core import database, telemetry
from bilin.core.bus import Bus, Listening
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.log import store
from bilin.core.log.entry import HEADER, Entry, last_position, run_of, unpack_entries
from bilin.core.log.publication import WANT_S, head_subject, log_subject, want_subject
from bilin.core.log.runs import end_of
from bilin.core.waiting import is_set_within

logger = structlog.get_logger(__name__)

HOLE_S = 0.2
QUIET_S = 1.0
HEADS_QUIET_S = 10.0
"""The same where heads are heard: nobody waits there."""
FILL_LIMIT = 500
MAX_EARLY = 1000
"""Batches that may wait behind a hole; further ones are read from the log later."""

ENDS_WITHIN_S = 60.0

Listener = Callable[[Sequence[Entry]], None]
Growth = Callable[[int], None]
"""Called with the highest id of what is new; 0 when none of it could be read."""
StartOver = Callable[[], None]
"""Forget everything that was made of entries: some were missed. It must not rest on what the listener remembers."""


class LogLost(Exception):
    """The log no longer has the position at which this process stands."""


class Tail:
    """Follows the log in memory. Listeners are called in the order they were added, and must not block."""

    def __init__(self, pool: database.Pool, bus: Bus, keys: Keyring, site: int) -> None:
        self._pool, self._bus, self._keys, self._site = pool, bus, keys, site
        self._listeners: list[Listener] = []
        self._growth: list[Growth] = []
        self._start_overs: dict[Listener, StartOver] = {}
        self._waiters: list[tuple[int, asyncio.Future[None]]] = []
        self._early: dict[int, tuple[list[Entry], int]] = {}
        self._stir = asyncio.Event()
        self._heard_at = monotonic()
        self._must_look = False
        self._started = self._hears_heads = self._is_linked = False
        self._entries: Listening | None = None
        self._heads: Listening | None = None
        self._subscribing = asyncio.Lock()
        self._wished_at = -WANT_S
        self._checked_run = 0
        self.feeding_run: Callable[[], int] = _nobody
        """The run of the writer that is at work in this process and tells `hear` of all it commits; 0: none is."""
        self.pos = 0
        self.run_id = 0
        """A run (`core.run`) whose log is the one delivered, through `pos`. It is set before listeners are called."""

    def listen(self, listener: Listener, start_over: StartOver | None = None) -> None:
        """Call a function with every batch from now on, and `start_over` when it missed one, at the tail's position.

        None: only a new process can start over, so this one ends.
        """
        self._listeners.append(listener)
        if start_over is not None:
            self._start_overs[listener] = start_over

    def on_growth(self, growth: Growth) -> None:
        """Call a function whenever the log grew, before the listeners. One that fails ends this process."""
        self._growth.append(growth)

    async def start(self, *, heads_only: bool = False) -> None:
        """Begin at the log's present head. With `heads_only` entries are not read: up to a second late it is told that
        the log grew (`on_growth`), and listeners start over; that costs next to nothing, however much is written."""
        self._hears_heads = heads_only
        await self._subscribe()
        async with database.reading(self._pool) as db:
            self.pos = await database.head(db)
            self.run_id = await store.read_run(db)
        self._started = True
        self._take_early()

    async def hear_entries(self) -> None:
        """From now on somebody waits for entries here, and the bus brings them."""
        self._hears_heads = self._is_linked = False
        await self._subscribe()

    async def be_fed(self) -> None:
        """From now on `hear` is told of every commit by a link to the writer: the bus need not bring them too, and its
        heads tell what the link lost."""
        self._hears_heads = self._is_linked = True
        await self._subscribe()
        self._look_soon()  # between the bus and the link something may have come

    async def _subscribe(self) -> None:
        """Hear on the bus what is needed of it now. Beside a writer at work it brings nothing but that one's own
        entries, once more. Whoever hears them says so."""
        async with self._subscribing:
            if self._hears_heads and self._heads is None:
                self._heads = await self._bus.subscribe(head_subject(self._site), self._receive_head)
            is_told = self._is_fed or self._is_linked
            wants_them = not is_told and not self._hears_heads
            if not wants_them and self._entries is not None:
                await self._entries.stop()
                self._entries = None
            elif wants_them and self._entries is None:
                self._entries = await self._bus.subscribe(log_subject(self._site), self._receive)
                self._look_soon()  # before that something may have come
        if self._entries is not None and monotonic() - self._wished_at >= WANT_S:
            self._wished_at = monotonic()
            await self._bus.publish(want_subject(self._site), b"")

    async def reached(self, pos: int, timeout_s: float = 5.0) -> bool:
        """Wait until the tail stands at this position; whether it does."""
        if self.pos < pos:
            waiter = (pos, asyncio.get_running_loop().create_future())
            self._waiters.append(waiter)
            if self._hears_heads and not self._is_linked:
                self._look_soon()
            try:
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(timeout_s):
                        await waiter[1]
            finally:
                with contextlib.suppress(ValueError):
                    self._waiters.remove(waiter)
        return self.pos >= pos

    async def run(self) -> None:
        """Fill holes, for ever."""
        while True:
            await self._subscribe()
            quiet_s = HEADS_QUIET_S if self._hears_heads else QUIET_S
            await is_set_within(self._stir, quiet_s if self._bus.is_connected else HOLE_S)
            self._stir.clear()
            if self._early:
                await asyncio.sleep(HOLE_S)
            is_deaf = monotonic() - self._heard_at >= quiet_s or not self._bus.is_connected
            is_new = self.feeding_run() not in (0, self._checked_run)
            if self._early or self._must_look or is_new or (is_deaf and not self._is_fed):
                await self._fill_or_wait()

    @property
    def _is_fed(self) -> bool:
        """Whether silence means that nothing was written. A writer that has just begun may write to a log that was
        restored: then it is looked once."""
        run = self.feeding_run()
        return run != 0 and run == self._checked_run

    async def _receive(self, payload: bytes) -> None:
        self._heard_at = monotonic()
        try:
            if last_position(payload) > self.pos or run_of(payload) != self.run_id:
                self.hear(unpack_entries(payload), run_of(payload))
        except (msgspec.DecodeError, struct.error):  # a process of another version published it: the log has it too
            logger.warning("tail.unreadable", size_bytes=len(payload))

    async def _receive_head(self, payload: bytes) -> None:
        self._heard_at = monotonic()
        if self._entries is None and HEADER.unpack(payload) != (self.pos, self.run_id):
            self._look_soon()

    def _look_soon(self) -> None:
        self._must_look = True
        self._stir.set()

    def hear(self, entries: list[Entry], run: int) -> None:
        """Take a committed batch and its run: from the bus, or from the log writer of this process, which need not
        wait for it."""
        if not entries or entries[-1].pos <= self.pos:
            if run != self.run_id:  # late, or positions given again: what the log has decides
                self._look_soon()
            return
        first = entries[0].pos
        waiting = self._early.get(first)
        if waiting is None and len(self._early) >= MAX_EARLY:
            return
        if waiting is None or len(entries) > len(waiting[0]):
            self._early[first] = entries, run
        if self._started:
            self._take_early()

    def _take_early(self) -> None:
        """Deliver what is next, drop what is past, keep what is too early."""
        while self._early:
            first = min(self._early)
            if first > self.pos + 1:
                self._stir.set()
                return
            entries, run = self._early.pop(first)
            passed = self.pos + 1 - first
            if passed < len(entries):
                self._deliver(entries[passed:] if passed else entries, entries[-1].pos, run)

    def _deliver(self, entries: Sequence[Entry], pos: int, run: int) -> None:
        """Hand out entries; with them the tail stands at `pos`. Some are missing when they could not be read."""
        is_whole = pos - self.pos == len(entries)
        self._move(pos, run, max((entry.id for entry in entries), default=0))
        for listener in self._listeners:
            took_them = not entries or self._told(listener, entries)
            if not took_them or (not is_whole and listener in self._start_overs):
                telemetry.listener_failures.labels(_name(listener)).inc()
                self._start_over(listener)
        self._let_go()

    def _skip(self, pos: int, run: int, latest: int) -> None:
        """The tail stands at `pos`, and nobody is given what is before it."""
        self._move(pos, run, latest)
        for listener in self._listeners:
            self._start_over(listener)
        self._let_go()

    def _move(self, pos: int, run: int, latest: int) -> None:
        self.pos, self.run_id = pos, run
        telemetry.tail_position.set(pos)
        for growth in self._growth:
            try:
                growth(latest)
            except Exception:
                logger.critical("tail.growth_failed", listener=_name(growth), pos=pos, exc_info=True)
                _end_process()

    def _let_go(self) -> None:
        for waiter in self._waiters:
            if waiter[0] <= self.pos and not waiter[1].done():
                waiter[1].set_result(None)

    def _told(self, listener: Listener, entries: Sequence[Entry]) -> bool:
        """Whether a listener took the entries."""
        try:
            listener(entries)
        except Exception:
            logger.exception("tail.listener_failed", listener=_name(listener), pos=self.pos)
            return False
        return True

    def _start_over(self, listener: Listener) -> None:
        start_over = self._start_overs.get(listener, _cannot)
        try:
            start_over()
        except Exception:
            logger.critical("tail.cannot_start_over", listener=_name(listener), pos=self.pos, exc_info=True)
            _end_process()

    async def _fill_or_wait(self) -> None:
        try:
            await self._fill()
        except Unavailable:
            await asyncio.sleep(HOLE_S)
        except LogLost:
            logger.critical("tail.log_lost", pos=self.pos)
            _end_process()
            await asyncio.sleep(ENDS_WITHIN_S)
        except Exception:
            logger.exception("tail.fill_failed", pos=self.pos)
            await asyncio.sleep(QUIET_S)

    async def _fill(self) -> None:
        self._must_look, feeding_run = False, self.feeding_run()
        async with database.reading(self._pool) as db:
            head = await self._look(db)
            self._checked_run = feeding_run
            if self._hears_heads and not self._is_linked:
                latest, run = await store.read_latest_id(db), await store.read_run(db)
                if head > self.pos:  # nobody came to hear entries meanwhile, and heard of more
                    self._skip(head, run, latest)
                return
            while self.pos < head:
                through = min(head, self.pos + FILL_LIMIT)
                entries = await store.read_entries(db, self._keys, self.pos, through)
                run = await store.read_run(db)  # after them: it is theirs, or one that goes on from them
                if through <= self.pos:  # the bus was faster
                    continue
                missing = [entry for entry in entries if entry.pos > self.pos]
                telemetry.tail_filled.inc(len(missing))
                self._deliver(missing, through, run)
                self._take_early()

    async def _look(self, db: database.Connection) -> int:
        """The head of the log. Raises `LogLost` when the tail stands where this log never was."""
        pos, run = self.pos, self.run_id
        head = await database.head(db)
        if run and pos > end_of(await store.read_runs(db), run, head):
            raise LogLost
        return head


def _name(listener: Listener | Growth) -> str:
    return getattr(listener, "__qualname__", "?")


def _nobody() -> int:
    return 0


def _cannot() -> None:
    raise LogLost


def _end_process() -> None:
    """Whoever keeps this process starts it anew, and it reads everything again."""
    signal.raise_signal(signal.SIGTERM)
