"""The live tail: every entry of this site's log, in order of position, without a hole, to functions in this process.

It takes the live stream from the bus. A batch that comes too early waits; a hole that stays open for `HOLE_S` is read
from PostgreSQL; a silent bus is checked against the log's head, so that even the loss of the last message is noticed.
"""

import asyncio
import contextlib
from collections.abc import Callable, Sequence
from time import monotonic

import structlog

from bilin.core import database, telemetry
from bilin.core.bus import Bus
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.log import store
from bilin.core.log.entry import Entry, unpack_entries
from bilin.core.log.publication import log_subject

logger = structlog.get_logger(__name__)

HOLE_S = 0.2
QUIET_S = 1.0
FILL_LIMIT = 500

Listener = Callable[[Sequence[Entry]], None]


class Tail:
    """Follows the log in memory. Listeners are called in the order they were added, and must not block or raise."""

    def __init__(self, pool: database.Pool, bus: Bus, keys: Keyring, site: int) -> None:
        self._pool, self._bus, self._keys, self._site = pool, bus, keys, site
        self._listeners: list[Listener] = []
        self._early: dict[int, list[Entry]] = {}
        self._stir = asyncio.Event()
        self._heard_at = monotonic()
        self._started = False
        self.pos = 0

    def listen(self, listener: Listener) -> None:
        """Call a function with every batch from now on."""
        self._listeners.append(listener)

    async def start(self) -> None:
        """Begin at the log's present head."""
        await self._bus.subscribe(log_subject(self._site), self._receive)
        async with database.reading(self._pool) as db:
            self.pos = await database.head(db)
        self._started = True
        self._take_early()

    async def reached(self, pos: int, timeout_s: float = 5.0) -> bool:
        """Wait until the tail stands at this position."""

        async def wait() -> None:
            while self.pos < pos:  # noqa: ASYNC110 (positions are many, waiters few)
                await asyncio.sleep(0.005)

        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(wait(), timeout_s)
        return self.pos >= pos

    async def run(self) -> None:
        """Fill holes, for ever."""
        while True:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stir.wait(), QUIET_S if self._bus.is_connected else HOLE_S)
            self._stir.clear()
            if self._early:
                await asyncio.sleep(HOLE_S)
            if self._early or monotonic() - self._heard_at >= QUIET_S or not self._bus.is_connected:
                await self._fill()

    async def _receive(self, payload: bytes) -> None:
        entries = unpack_entries(payload)
        self._heard_at = monotonic()
        self._early[entries[0].pos] = entries
        if self._started:
            self._take_early()

    def _take_early(self) -> None:
        """Deliver what is next, drop what is past, keep what is too early."""
        while self._early:
            first = min(self._early)
            if first > self.pos + 1:
                self._stir.set()
                return
            self._deliver([entry for entry in self._early.pop(first) if entry.pos > self.pos])

    def _deliver(self, entries: Sequence[Entry]) -> None:
        if not entries:
            return
        self.pos = entries[-1].pos
        telemetry.tail_position.set(self.pos)
        for listener in self._listeners:
            try:
                listener(entries)
            except Exception:
                logger.exception("tail.listener_failed", listener=getattr(listener, "__qualname__", "?"))

    async def _fill(self) -> None:
        try:
            async with database.reading(self._pool) as db:
                head = await database.head(db)
                while self.pos < head:
                    rows = await store.read_range(db, self._keys, self.pos, min(head, self.pos + FILL_LIMIT))
                    entries = [row.entry for row in rows if row.record.pos > self.pos]
                    if not rows:
                        break
                    telemetry.tail_filled.inc(len(entries))
                    self._deliver(entries)
                    self._take_early()
        except Unavailable:
            await asyncio.sleep(HOLE_S)
