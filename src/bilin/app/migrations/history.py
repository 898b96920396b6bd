"""Bringing the schema up with Alembic. Imported by whoever has something to bring up: see `upgrade`."""

from pathlib import Path

import asyncpg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from bilin.app.migrations.schema import VERSION_SCHEMA, VERSION_TABLE, SchemaNewer
from bilin.core import database

UPGRADE_LOCK = 0x62696C696F


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    here = str(Path(__file__).parent).replace("%", "%%")  # not by the package's name: see `bilin.app.as_user`
    config.set_main_option("script_location", here)
    config.attributes["connection"] = connection
    return config


async def bring_up(url: str) -> None:
    """Run what is missing, one process at a time. Raises `SchemaNewer`."""

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await database.connect_patiently(url)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": UPGRADE_LOCK})
            await connection.execute(sa.schema.CreateSchema(VERSION_SCHEMA, if_not_exists=True))
            await connection.run_sync(_upgrade)
    finally:
        await engine.dispose()


def _upgrade(connection: sa.Connection) -> None:
    config = configuration(connection)
    context = MigrationContext.configure(
        connection, opts={"version_table": VERSION_TABLE, "version_table_schema": VERSION_SCHEMA}
    )
    present = context.get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if present is not None and present not in known:
        raise SchemaNewer(f"its schema is {present}")
    command.upgrade(config, "head")
