"""Schemas beside those that are verified, into which the log is applied again; gone when they were looked at.

The appliers name their tables with their schema. A connection that puts another name in its place lets the very same
code fill other tables: in the same database, so that no right is needed that Bilin does not have.
"""

import asyncio
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from typing import Any, cast

import asyncpg

from bilin.core import database
from bilin.core.database import Connection
from bilin.core.tables import data_key, metadata

PREFIX = "verifying_"
NO_FLUSH = {"synchronous_commit": "off"}
SELECT_SCHEMAS = "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, $1)"


class Elsewhere:
    """A connection whose statements are about the tables beside."""

    def __init__(self, db: "asyncpg.Connection[asyncpg.Record]") -> None:
        self._db = db
        self.transaction = db.transaction
        self.is_closed = db.is_closed

    async def execute(self, query: str, *arguments: Any) -> Any:
        return await self._db.execute(elsewhere(query), *arguments)

    async def fetch(self, query: str, *arguments: Any) -> Any:
        return await self._db.fetch(elsewhere(query), *arguments)

    async def fetchrow(self, query: str, *arguments: Any) -> Any:
        return await self._db.fetchrow(elsewhere(query), *arguments)

    async def fetchval(self, query: str, *arguments: Any) -> Any:
        return await self._db.fetchval(elsewhere(query), *arguments)


@lru_cache(maxsize=1024)
def elsewhere(query: str) -> str:
    """A statement with the schemas beside in place of Bilin's own."""
    return _names().sub(rf"{PREFIX}\1.", query)


@lru_cache(maxsize=1)
def _names() -> "re.Pattern[str]":
    return re.compile(rf"\b({'|'.join(sorted({str(table.schema) for table in metadata.tables.values()}))})\.(?=[a-z_])")


@asynccontextmanager
async def scratch_tables(url: str) -> AsyncIterator[Connection]:
    """A connection to empty tables beside all that are derived from the log, for the time of the block.

    One at a time: what an earlier one left that was killed is taken away first.
    """
    db = await database.connect(url, settings=NO_FLUSH)
    try:
        await _drop(db)
        await _create(db)
        yield cast("Connection", Elsewhere(db))
    finally:
        await asyncio.shield(_end(db))


async def _create(db: "asyncpg.Connection[asyncpg.Record]") -> None:
    derived = [table for table in metadata.sorted_tables if table.schema != "core"]
    for schema in sorted({str(table.schema) for table in (*derived, data_key)}):
        await db.execute(f"CREATE SCHEMA {PREFIX}{schema}")
    for table in (*derived, data_key):
        name = table.fullname
        await db.execute(f"CREATE UNLOGGED TABLE {PREFIX}{name} (LIKE {name} INCLUDING ALL)")


async def _drop(db: "asyncpg.Connection[asyncpg.Record]") -> None:
    for row in await db.fetch(SELECT_SCHEMAS, PREFIX):
        await db.execute(f'DROP SCHEMA IF EXISTS "{row["nspname"]}" CASCADE')


async def _end(db: "asyncpg.Connection[asyncpg.Record]") -> None:
    try:
        await _drop(db)
    finally:
        await db.close()
