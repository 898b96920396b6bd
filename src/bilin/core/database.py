"""PostgreSQL: the pool for reads, plain connections for writers, and the schema's upgrade.

Nothing but the log writer and durable followers changes rows; handlers and routes only read, through the pool.
"""

import contextlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from time import monotonic
from typing import Any, TypeAlias

import asyncpg
import structlog

from bilin.core import primary
from bilin.core.backoff import while_away
from bilin.core.errors import BilinError, Unavailable

logger = structlog.get_logger(__name__)

Pool: TypeAlias = "asyncpg.Pool[asyncpg.Record]"
Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record] | asyncpg.pool.PoolConnectionProxy[asyncpg.Record]"
MIN_SERVER_VERSION = 16
PATIENCE_S = 60.0

CONNECTION_ERRORS = (
    asyncpg.PostgresConnectionError,
    asyncpg.CannotConnectNowError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.DatabaseDroppedError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.IdleSessionTimeoutError,
    asyncpg.ReadOnlySQLTransactionError,  # connected to a primary that has become a standby
    asyncpg.TooManyConnectionsError,
    ConnectionError,
    TimeoutError,
)
"""What asyncpg raises when the server went away: the request may be repeated, nothing is known to have happened.

`MISUSE_OR_LOSS` is not among them: that also means a mistake of ours, which no repetition mends.
"""
DATA_ERRORS = (asyncpg.DataError,)
"""What asyncpg and the database raise for a value that the type of its column cannot hold."""
MISUSE_OR_LOSS = (asyncpg.InterfaceError, asyncpg.InternalClientError)
"""What asyncpg calls a statement with wrong values, and also one on a connection that was lost while nobody used it.

It is a loss when the connection says that it is closed. The second of them comes when the server's last words were
heard and the end of the stream was not.
"""


class DatabaseTooOld(BilinError):
    """The PostgreSQL server is older than Bilin supports."""

    code = "core.database_too_old"
    status = 500
    title = f"PostgreSQL {MIN_SERVER_VERSION} or newer is needed"
    hint = "Upgrade the server named in BILIN_DATABASE_URL, or leave the setting out to use the embedded one."


async def connect(
    url: str, command_timeout_s: float | None = None, settings: dict[str, str] | None = None
) -> "asyncpg.Connection[asyncpg.Record]":
    """One connection of its own to the primary, with run-time settings of PostgreSQL if need be. Gives up
    after 10 s."""
    connection = await primary.connect(url, timeout=10, command_timeout=command_timeout_s, server_settings=settings)
    version = connection.get_server_version().major
    if version < MIN_SERVER_VERSION:
        await connection.close()
        raise DatabaseTooOld(f"this server is version {version}")
    return connection


async def connect_patiently(url: str, patience_s: float = PATIENCE_S) -> "asyncpg.Connection[asyncpg.Record]":
    """`connect`, again and again while the server is away: it may be recovering from the crash that ended us, too."""
    until, again = monotonic() + patience_s, while_away()
    has_told = False
    while True:
        try:
            return await connect(url)
        except (*CONNECTION_ERRORS, OSError) as cause:
            if monotonic() >= until:
                raise
            if not has_told:
                logger.warning("database.away", reason=repr(cause))
                has_told = True
            await again.wait()


async def open_pool(url: str, max_size: int = 10) -> Pool:
    """The pool of a process. What is read through it must leave nothing behind in its session (`SET LOCAL` in place of
    `SET`, no `LISTEN`, no advisory lock but of a transaction): then nothing has to be asked when it is given back."""
    connect: Any = primary.connect_again
    pool: Pool = await asyncpg.create_pool(
        url, min_size=2, max_size=max_size, command_timeout=30, reset=_as_it_is, connect=connect
    )
    return pool


async def _as_it_is(_: Connection) -> None:
    """In place of the driver's query that resets a session: a tenth of a millisecond of each request. An open
    transaction is rolled back before."""


@asynccontextmanager
async def reading(pool: Pool) -> AsyncIterator[Connection]:
    """A connection for one statement or several that need not agree. Raises `Unavailable` while the server restarts."""
    try:
        connection = await pool.acquire(timeout=5)
    except (*CONNECTION_ERRORS, OSError, asyncpg.InterfaceError) as cause:  # the last: the pool is closing
        raise Unavailable("the database does not answer") from cause
    try:
        async with _released(pool, connection):
            yield connection
    except CONNECTION_ERRORS as cause:
        raise Unavailable("the database does not answer") from cause


@asynccontextmanager
async def _released(pool: Pool, connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> AsyncIterator[None]:
    """Gives the connection back after the block, and tells the loss of it from its misuse."""
    try:
        yield
    except MISUSE_OR_LOSS as cause:
        if _is_lost(connection):
            raise ConnectionError("the database closed the connection") from cause
        raise
    finally:
        with contextlib.suppress(*CONNECTION_ERRORS, *MISUSE_OR_LOSS):  # lost on the way back: the pool opens another
            await pool.release(connection)


def _is_lost(connection: "asyncpg.pool.PoolConnectionProxy[asyncpg.Record]") -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:  # the pool has taken back what was lost, and the proxy stands for nothing
        return True


@asynccontextmanager
async def snapshot(pool: Pool) -> AsyncIterator[tuple[Connection, int]]:
    """A read-only view of one moment: yields the connection and the log position the view stands at."""
    async with reading(pool) as connection, connection.transaction(isolation="repeatable_read", readonly=True):
        yield connection, await head(connection)


async def head(connection: Connection) -> int:
    """The highest position of the log; 0 when it is empty."""
    position: int = await connection.fetchval("SELECT coalesce(max(pos), 0) FROM core.log")
    return position


async def versions(connection: Connection, entities: list[int]) -> dict[int, int]:
    """The versions of entities, for `Expect`. What never changed has version 0."""
    rows = await connection.fetch(
        "SELECT entity, version FROM core.entity_version WHERE entity = ANY($1::bigint[])", entities
    )
    found = {row["entity"]: row["version"] for row in rows}
    return {entity: found.get(entity, 0) for entity in entities}
