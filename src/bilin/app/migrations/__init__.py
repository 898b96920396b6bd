"""The database schema and its history: one file in `versions` for each change, run at start, by one process at a time.

Add one after changing a module's `tables.py`: `make migration NAME=add_pins` compares the tables with the history and
writes the next file, to be read and corrected. A change must suit the program of one release before (expand first,
contract a release later), because sites and processes are upgraded one by one.
"""

import asyncpg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from bilin.core import database
from bilin.core.errors import BilinError

UPGRADE_LOCK = 0x62696C696F
VERSION_TABLE = "schema_version"
VERSION_SCHEMA = "core"


class SchemaNewer(BilinError):
    """The database was upgraded by a newer Bilin."""

    code = "app.schema_newer"
    status = 500
    title = "The database belongs to a newer Bilin"
    hint = "Install the newer program again, or restore a backup made before the upgrade."


def configuration(connection: sa.Connection | None = None) -> Config:
    """Alembic's configuration, without a file."""
    config = Config()
    config.set_main_option("script_location", "bilin.app:migrations")
    config.attributes["connection"] = connection
    return config


async def upgrade(url: str) -> None:
    """Bring the schema up to date, once the database answers.

    Raises `SchemaNewer` when the database knows more than this program.
    """

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
