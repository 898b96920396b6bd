"""A real PostgreSQL primary with a synchronous standby, from the binaries that Bilin brings."""

import shutil
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import asyncpg

from bilin.app.embedded import EmbeddedPostgres
from bilin.app.embedded.binaries import postgres_programs
from bilin.app.embedded.cluster import ENVIRON
from bilin.app.embedded.os_user import database_user, give
from bilin.app.embedded.postgres import ROLE
from bilin.app.processes import Process
from bilin.core.settings import PostgresSettings
from tests.support.template import copy_postgres

OPTIONS = PostgresSettings(options=("autovacuum=off", "wal_retrieve_retry_interval=100ms"))
COPY = ("-D", ".", "-X", "stream", "-c", "fast", "-R", "--no-sync")


class Half(EmbeddedPostgres):
    """One of the two; the standby has the roles and databases of the other."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, folder.with_suffix(".log"), OPTIONS, durable=False)
        self.folder = folder
        self.process: Process | None = None

    async def _ensure_database(self) -> None:
        if not (self.folder / "data" / "standby.signal").exists():
            await super()._ensure_database()

    async def begin(self) -> None:
        self.process = await self.start()

    async def end(self, how: signal.Signals = signal.SIGKILL) -> None:
        if self.process is not None:
            await self.process.stop(how, self.stop_within_s)
            self.process = None

    async def do(self, statement: str) -> object:
        """As the superuser."""
        connection = await asyncpg.connect(self.superuser_url)
        try:
            return await connection.fetchval(statement)
        finally:
            await connection.close()


class Pair:
    """Both, and the URL with which Bilin finds whichever takes writes."""

    def __init__(self, folder: Path) -> None:
        copy_postgres(folder / "one")
        self.primary = Half(folder / "one")
        self.standby: Half
        self._folder = folder

    @property
    def url(self) -> str:
        """The old primary comes first, as it would in the settings of a site."""
        hosts = ",".join(quote(str(each._sockets), safe="") for each in (self.primary, self.standby))
        return f"postgresql://{ROLE}:{self.primary._role_password}@/{ROLE}?host={hosts}"

    async def begin(self) -> None:
        await self.primary.begin()
        folder = self._folder / "two"
        folder.mkdir(mode=0o700)
        for secret in ("superuser.password", "password"):
            shutil.copy2(self._folder / "one" / secret, folder / secret)
        self._copy(folder / "data")
        self.standby = Half(folder)
        await self.standby.begin()
        await self.primary.do("ALTER SYSTEM SET synchronous_standby_names = '*'")
        await self.primary.do("SELECT pg_reload_conf()")
        while not await self.primary.do("SELECT true FROM pg_stat_replication WHERE sync_state = 'sync'"):
            pass

    async def end(self) -> None:
        for each in (self.primary, self.standby):
            await each.end()
            each.tidy()

    def _copy(self, data: Path) -> None:
        data.mkdir(mode=0o700)
        user = database_user()
        give(data, user)
        login = urlsplit(self.primary.superuser_url)
        source = f"host={self.primary._sockets} user={login.username} password={login.password}"
        subprocess.run(
            [postgres_programs(user) / "pg_basebackup", "-d", source, *COPY],
            cwd=data,
            env=ENVIRON,
            user=user.uid if user else None,
            group=user.gid if user else None,
            extra_groups=[] if user else None,
            check=True,
        )


@asynccontextmanager
async def running_pair(folder: Path) -> AsyncIterator[Pair]:
    """For the time of the block."""
    pair = Pair(folder)
    try:
        await pair.begin()
        yield pair
    finally:
        await pair.end()
