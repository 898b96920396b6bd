"""The history of the schema makes the very tables that the modules declare."""

import importlib
import subprocess
import sys
from typing import Any

import asyncpg
import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from bilin.app import migrations
from bilin.app.migrations import SchemaNewer, upgrade
from bilin.app.migrations.history import configuration
from bilin.app.migrations.scope import is_ours
from bilin.core.tables import metadata


def differences(connection: sa.Connection) -> list[Any]:
    importlib.import_module("bilin.app.modules")
    options = {"include_schemas": True, "include_object": is_ours, "version_table_schema": "core"}
    return list(compare_metadata(MigrationContext.configure(connection, opts=options), metadata))


async def schema_differences(url: str) -> list[Any]:
    """What the tables of the modules have that a database has not, or the other way round."""

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(url)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    async with engine.connect() as connection:
        found = await connection.run_sync(differences)
    await engine.dispose()
    return found


async def test_the_history_makes_the_tables_of_the_modules(database_url: str) -> None:
    assert await schema_differences(database_url) == []


async def test_messages_are_partitioned(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    parts = await connection.fetchval(
        "SELECT count(*) FROM pg_inherits WHERE inhparent = 'messaging.message'::regclass"
    )
    await connection.close()
    assert parts == 16


async def test_an_upgraded_database_is_left_alone(database_url: str) -> None:
    await upgrade(database_url)
    await upgrade(database_url)


async def test_a_database_of_a_newer_program_is_refused(database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    await connection.execute("UPDATE core.schema_version SET version_num = '9999'")
    await connection.close()
    with pytest.raises(SchemaNewer, match="9999"):
        await upgrade(database_url)


def test_files_are_named_in_the_order_of_the_history() -> None:
    assert migrations.newest_change() == ScriptDirectory.from_config(configuration()).get_current_head()


def test_what_is_seldom_needed_is_not_loaded_with_a_process() -> None:
    """Together they took half of the time in which a process starts, and half of its memory."""
    look = "import sys, bilin.app.worker; print([name for name in ('alembic', 'pypinyin') if name in sys.modules])"
    assert subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout == "[]\n"
