"""The database schema: brought up to date at start, by one process at a time."""

import asyncpg
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import create_async_engine

from bilin.core import database
from bilin.core.tables import metadata

UPGRADE_LOCK = 0x62696C696F


async def upgrade(url: str) -> None:
    """Create what is missing. The tables of all modules must have been imported."""

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await database.connect(url)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            for schema in sorted({table.schema or "public" for table in metadata.tables.values()}):
                await connection.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
            await connection.run_sync(metadata.create_all)
    finally:
        await engine.dispose()
