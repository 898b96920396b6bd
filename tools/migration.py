"""`make migration NAME=…`: compare the tables with the history on an empty database, and write the next file.

Read it before you commit it: the comparison does not see renamed columns, partitions or data that must move.
"""

import asyncio
import re
import subprocess
import sys
import tempfile
from pathlib import Path

import asyncpg
import sqlalchemy as sa
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

from bilin.app.migrations import VERSIONS, upgrade
from bilin.app.migrations.history import configuration
from tests.support.servers import TestPostgres, running_postgres


async def write_next(url: str, name: str) -> None:
    """Bring the database to the history's end, compare, write."""
    await upgrade(url)

    async def connect() -> "asyncpg.Connection[asyncpg.Record]":
        return await asyncpg.connect(url)

    def generate(connection: sa.Connection) -> None:
        config = configuration(connection)
        last = ScriptDirectory.from_config(config).get_current_head() or "0000"
        command.revision(config, message=name, rev_id=f"{int(last) + 1:04}", autogenerate=True)

    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect)
    async with engine.begin() as connection:
        await connection.run_sync(generate)
    await engine.dispose()


async def write_on(server: TestPostgres, name: str) -> None:
    """On an empty database of a server."""
    async with server.database("template1") as url:
        await write_next(url, name)


def leave_out_info(name: str) -> None:
    """What is known of a table stands at the table, not in the history."""
    for file in VERSIONS.glob(f"*_{name}.py"):
        file.write_text(
            re.sub(r",\n *info=.*$", "", file.read_text(encoding="utf-8"), flags=re.MULTILINE), encoding="utf-8"
        )


def main(name: str) -> None:
    """Start a PostgreSQL of our own, and write."""
    with tempfile.TemporaryDirectory() as folder, running_postgres(Path(folder)) as server:
        asyncio.run(write_on(server, name))
    leave_out_info(name)
    for verb in (("check", "--fix"), ("format",)):
        subprocess.run([sys.executable, "-m", "ruff", *verb, "--quiet", str(VERSIONS)], check=True)


if __name__ == "__main__":
    if not sys.argv[1:] or not sys.argv[1].isidentifier():
        sys.exit("Say what changes, in snake_case: make migration NAME=add_pins")
    main(sys.argv[1])
