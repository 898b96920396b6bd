"""Durable followers: effects in the database, with the position saved in the same transaction.

A crash repeats nothing and skips nothing. One process works for a follower at a time: the row of its position is locked
while it works, so a second worker waits.
"""

import asyncio
from collections.abc import Sequence
from time import monotonic
from typing import ClassVar

import structlog

from bilin.core import database, telemetry
from bilin.core.backoff import Backoff, while_away
from bilin.core.crypto import Keyring
from bilin.core.errors import Unavailable
from bilin.core.log.store import Row, read_range
from bilin.core.waiting import is_set_within

logger = structlog.get_logger(__name__)

GATHER_S = 1.0
"""How long a follower lets events gather: a step costs as much for one as for fifty, and its commits must not compete
with the log's for the disk."""
LIMIT = 500
BUSY_S = 1.5
"""The log counts as growing for so long after it grew: followers hear of it once a second."""
LOOK_S = 30.0
"""It is told when the log grew; looking is for what it was not told, and costs a commit."""
RETRY_S = 0.5
MAX_RETRY_S = 30.0
NO_FLUSH = "SET LOCAL synchronous_commit = off"
"""Nobody was told that the effects are durable: after a power cut position and effects are older alike."""
SELECT_POSITION = "SELECT pos FROM core.follower WHERE name = $1 FOR UPDATE"
INSERT_POSITION = "INSERT INTO core.follower (name, pos) VALUES ($1, $2) ON CONFLICT DO NOTHING"
UPDATE_POSITION = "UPDATE core.follower SET pos = $2 WHERE name = $1"


class Follower:
    """A reaction to the log. Subclass it with a name (its saved position's, never used again) and `follow`, or with
    `step` where it needs less than whole events."""

    name: ClassVar[str]
    busy_pace: ClassVar[float | None] = None
    """At most so many rows a second while more come; None: as many as there are. For what can wait until people are
    done writing."""

    async def step(self, db: database.Connection, keys: Keyring, after: int, through: int) -> int:
        """React to what is there of these positions, as `follow` does, and tell up to which one that was."""
        rows = await read_range(db, keys, after, through)
        if not rows:
            return after
        await self.follow(db, rows)
        return rows[-1].record.pos

    async def follow(self, db: database.Connection, rows: Sequence[Row]) -> None:
        """React to rows, in order. What it writes through `db` is committed together with the position.

        When it raises, nothing of it stays, and the same rows come again later: it stops there, and does not skip.
        """
        raise NotImplementedError


class FollowerRunner:
    """Runs one follower for ever. `stir` it when the log grew; it looks by itself now and then as well."""

    def __init__(self, follower: Follower, pool: database.Pool, keys: Keyring) -> None:
        self._follower, self._pool, self._keys = follower, pool, keys
        self._stir = asyncio.Event()
        self._stirred_at = -BUSY_S
        self._failures = 0
        self._again, self._away = Backoff(RETRY_S, MAX_RETRY_S), while_away()

    @property
    def name(self) -> str:
        return self._follower.name

    def stir(self) -> None:
        """The log grew."""
        self._stirred_at = monotonic()
        self._stir.set()

    async def run(self) -> None:
        """Follow for ever, with back-off while the database is away or the follower fails."""
        while True:
            if not await self._try_step():
                await is_set_within(self._stir, LOOK_S)
                await asyncio.sleep(GATHER_S)
            elif self._follower.busy_pace and monotonic() - self._stirred_at < BUSY_S:
                await asyncio.sleep(LIMIT / self._follower.busy_pace)
            self._stir.clear()

    async def step(self) -> int:
        """Follow the next rows; how many there were."""
        async with database.reading(self._pool) as db, db.transaction():
            await db.execute(NO_FLUSH)
            position = await self._position(db)
            reached = await self._follower.step(db, self._keys, position, position + LIMIT)
            if reached > position:
                await db.execute(UPDATE_POSITION, self._follower.name, reached)
        telemetry.follower_position.labels(self._follower.name).set(reached)
        return reached - position

    async def _try_step(self) -> bool:
        """Whether there may be more at once; what went wrong is tried again after a while."""
        try:
            is_full = await self.step() >= LIMIT
        except Unavailable as cause:
            logger.warning("follower.waits", follower=self._follower.name, reason=repr(cause.__cause__))
            await self._away.wait()
            return True
        except Exception:
            self._failures += 1
            telemetry.follower_failures.labels(self._follower.name).inc()
            logger.exception("follower.failed", follower=self._follower.name, failures=self._failures)
            await self._again.wait()
            return True
        self._failures = 0
        self._again.went_well()
        self._away.went_well()
        return is_full

    async def _position(self, db: database.Connection) -> int:
        position: int | None = await db.fetchval(SELECT_POSITION, self._follower.name)
        if position is None:
            await db.execute(INSERT_POSITION, self._follower.name, 0)
            position = await db.fetchval(SELECT_POSITION, self._follower.name)
        return position or 0
