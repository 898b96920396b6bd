"""One PostgreSQL and one NATS for a whole run of the tests, and fresh databases on them."""

import asyncio
import itertools
import os
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from bilin.app.embedded import EmbeddedNats, EmbeddedPostgres
from bilin.app.embedded.postgres import ROLE
from bilin.app.processes import Service
from bilin.core.settings import PostgresSettings
from tests.support.template import copy_postgres

TEMPLATE = ROLE
"""The database that a server would use has the schema, and nobody is connected to it."""
TEST_OPTIONS = PostgresSettings(
    options=("autovacuum=off", "max_connections=200", "wal_level=minimal", "max_wal_senders=0", "max_wal_size=512MB")
)
MEMORY = Path("/dev/shm")
ROOM_BYTES = 4 << 30
"""What must be free in memory to keep databases there: a run of the tests uses a tenth of it."""


class TestPostgres:
    """A PostgreSQL that is not crash-safe; one of its databases has the schema of all modules, as a template."""

    __test__ = False

    def __init__(self, server: EmbeddedPostgres) -> None:
        self._server = server
        self._numbers = itertools.count(1)

    def url_of(self, database: str) -> str:
        """For Bilin's own role."""
        return urlunsplit(urlsplit(self._server.url)._replace(path=f"/{database}"))

    @asynccontextmanager
    async def database(self, template: str = TEMPLATE) -> AsyncIterator[str]:
        """Yields the URL of a new database that is gone after the block, whoever is still connected.

        ``template="template1"`` makes an empty one.
        """
        name = f"test_{next(self._numbers)}"
        await self._execute(f"CREATE DATABASE {name} OWNER {ROLE} TEMPLATE {template} STRATEGY file_copy")
        try:
            yield self.url_of(name)
        finally:
            await self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self._server.superuser_url)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()


@contextmanager
def running_postgres(folder: Path) -> Iterator[TestPostgres]:
    """PostgreSQL for the time of the block; its log is in the folder."""
    with _folder_in_memory(folder) as fast:
        copy_postgres(fast / "postgres")
        server = EmbeddedPostgres(fast / "postgres", folder / "postgres.log", TEST_OPTIONS, durable=False)
        with _running(server):
            yield TestPostgres(server)


@contextmanager
def running_nats(folder: Path) -> Iterator[str]:
    """NATS for the time of the block; yields its URL."""
    server = EmbeddedNats(folder / "nats", folder / "nats.log")
    with _running(server):
        yield server.url


@contextmanager
def _folder_in_memory(otherwise: Path) -> Iterator[Path]:
    """A new database for each test is seven times as fast where no disk is; where memory is short, the other folder."""
    if not MEMORY.is_dir() or shutil.disk_usage(MEMORY).free < ROOM_BYTES:
        yield otherwise
        return
    _remove_leftovers()
    folder = Path(tempfile.mkdtemp(prefix=f"bilin-tests-{os.getpid()}-", dir=MEMORY))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_leftovers() -> None:
    """What test processes left that were killed."""
    for folder in MEMORY.glob("bilin-tests-*-*"):
        if not Path("/proc", folder.name.split("-")[2]).exists():
            shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _running(service: Service) -> Iterator[None]:
    process = asyncio.run(service.start())
    try:
        yield
    finally:
        asyncio.run(process.stop(service.stop_signal, service.stop_within_s))
        service.tidy()
