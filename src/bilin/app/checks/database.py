"""The database: does it answer, is it of a version that is known, is its schema that of this program?"""

from collections.abc import AsyncIterator

from bilin.app.migrations import newest_change, present_change
from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.database import reading

LEAST_VERSION = 16
FEW_CONNECTIONS = 0.9
MIB = 1 << 20
SELECT_SIZE = "SELECT pg_database_size(current_database())"
SELECT_CONNECTIONS = """
SELECT (SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend') AS used,
       current_setting('max_connections')::int AS most"""
SELECT_WAL = "SELECT current_setting('fsync') = 'on' AND current_setting('full_page_writes') = 'on'"


async def look_at_database(examined: Examined) -> AsyncIterator[Observation]:
    """Everything is in it."""
    name = "core.database"
    if examined.pool is None:
        yield unchecked(name, "No database can be reached: Bilin does not run on this folder.", "Start it first.")
        return
    async with reading(examined.pool) as db:
        version, size = db.get_server_version().major, await db.fetchval(SELECT_SIZE)
        connections = await db.fetchrow(SELECT_CONNECTIONS)
        is_safe = await db.fetchval(SELECT_WAL)
    if version < LEAST_VERSION:
        yield broken(name, f"It is PostgreSQL {version}.", f"Bilin needs PostgreSQL {LEAST_VERSION} or newer.")
    else:
        yield well(name, f"PostgreSQL {version} answers; {size / MIB:,.0f} MiB.")
    if not is_safe:
        said = "fsync or full_page_writes is off: what was acknowledged can be lost when the machine stops."
        yield broken(name, said, "Turn both on in the settings of PostgreSQL.")
    if connections and connections["used"] > FEW_CONNECTIONS * connections["most"]:
        said = f"{connections['used']} of {connections['most']} connections are in use."
        yield warning(name, said, "Raise max_connections, or lower database.pool_size.")


async def look_at_schema(examined: Examined) -> AsyncIterator[Observation]:
    """Its tables are those that this program knows."""
    name = "core.schema"
    if examined.pool is None:
        yield unchecked(name, "Without a database nobody knows its schema.")
        return
    async with reading(examined.pool) as db:
        present, newest = await present_change(db), newest_change()
    if present == newest:
        yield well(name, f"The schema is that of this program ({newest}).")
    elif present is not None and present > newest:
        said = f"The database belongs to a newer Bilin (schema {present}, this program knows {newest})."
        yield broken(name, said, "Install the newer program again, or restore a backup made before the upgrade.")
    else:
        yield warning(name, f"The schema is {present or 'empty'}, not yet {newest}.", "`bilin serve` brings it up.")
