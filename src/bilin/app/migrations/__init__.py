"""The database schema and its history: one file in `versions` for each change, run at start, by one process at a time.

Add one after changing a module's `tables.py`: `make migration NAME=add_pins` compares the tables with the history and
writes the next file, to be read and corrected. A change must suit the program of one release before (expand first,
contract a release later), because sites and processes are upgraded one by one.
"""

from pathlib import Path

from bilin.app.migrations.schema import VERSION_SCHEMA, VERSION_TABLE, SchemaNewer
from bilin.core import database

__all__ = ["VERSIONS", "VERSION_SCHEMA", "VERSION_TABLE", "SchemaNewer", "upgrade"]
VERSIONS = Path(__file__).with_name("versions")


async def upgrade(url: str) -> None:
    """Bring the schema up to date, once the database answers.

    Raises `SchemaNewer` when the database knows more than this program.
    """
    if await _present(url) != newest_change():
        # Alembic takes a third of the time in which a process starts, and nearly always there is nothing to do.
        from bilin.app.migrations.history import bring_up

        await bring_up(url)


async def _present(url: str) -> str | None:
    """The last change that the database has; None of an empty one."""
    connection = await database.connect_patiently(url)
    try:
        return await present_change(connection)
    finally:
        await connection.close()


async def present_change(db: database.Connection) -> str | None:
    """The last change that a database has; None of an empty one."""
    if await db.fetchval("SELECT to_regclass($1)", f"{VERSION_SCHEMA}.{VERSION_TABLE}") is None:
        return None
    found: str | None = await db.fetchval(
        f"SELECT version_num FROM {VERSION_SCHEMA}.{VERSION_TABLE}"  # noqa: S608 (constants)
    )
    return found


def newest_change() -> str:
    """The last change that this program has: files are named for their number."""
    return max(file.name for file in VERSIONS.glob("[0-9]*.py")).partition("_")[0]
