"""The embedded PostgreSQL: one foreground child on a Unix socket that only its owner can open."""

import asyncio
import contextlib
import os
import signal
from pathlib import Path
from typing import IO
from urllib.parse import quote

import asyncpg

from bilin.app.embedded.binaries import MAJOR, postgres_programs
from bilin.app.embedded.cluster import ENVIRON, HERE, prepare, set_superuser_password
from bilin.app.embedded.errors import EmbeddedServerFailed
from bilin.app.embedded.os_user import database_user, service_user
from bilin.app.embedded.server_log import last_lines, open_log
from bilin.app.embedded.socket_folder import make_private, socket_folder
from bilin.app.processes import Process, getting_ready, spawn
from bilin.core.private_files import secret_in
from bilin.core.settings import PostgresSettings

ROLE = "bilin"
"""Owns the database of that name; not a superuser."""

FAST_SHUTDOWN = signal.SIGINT
"""Ends all sessions, writes a checkpoint, needs no recovery at the next start."""

SERVER_OPTIONS = {
    "listen_addresses": "",
    "synchronous_commit": "on",
    "wal_compression": "pglz",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "10min",
    "max_connections": "120",
    "random_page_cost": "1.1",
    "maintenance_work_mem": "128MB",
    "jit": "off",
    "log_min_messages": "warning",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] ",
    "timezone": "UTC",
    "log_timezone": "UTC",
}


class EmbeddedPostgres:
    """PostgreSQL on ``<folder>/data``. `durable=False` is for tests: faster, but a crash may destroy the data."""

    name = f"PostgreSQL {MAJOR}"
    stop_signal = FAST_SHUTDOWN
    stop_within_s = 60.0

    def __init__(
        self,
        folder: Path,
        log: Path,
        options: PostgresSettings | None = None,
        *,
        durable: bool = True,
        keep_open: tuple[int, ...] = (),
    ) -> None:
        """`keep_open` are descriptors it holds while it lives: the lock of the site, for one."""
        self._folder = folder
        self._log = log
        self._options = options or PostgresSettings()
        self._durable = durable
        self._keep_open = keep_open
        self._user = database_user()
        self._sockets = socket_folder(folder)
        self._password = secret_in(folder / "superuser.password")
        self._role_password = secret_in(folder / "password")

    @property
    def url(self) -> str:
        """Where the program connects to its database."""
        return self._url(ROLE, self._role_password, ROLE)

    @property
    def superuser_url(self) -> str:
        """For work on the server itself: creating databases, backups."""
        return self._url("postgres", self._password, "postgres")

    async def start(self) -> Process:
        """Returns once it answers. Recovery after a crash may take as long as it needs.

        Raises `EmbeddedServerFailed` with the last lines of its log when it ends instead.
        """
        programs, data = postgres_programs(self._user), self._folder / "data"
        prepare(data, programs, self._user, self._password, sync=self._durable)
        make_private(self._sockets, self._user, service_user())
        try:
            return await self._start_prepared(programs)
        except asyncpg.InvalidPasswordError:
            set_superuser_password(data, programs, self._user, self._password)
        return await self._start_prepared(programs)

    async def _start_prepared(self, programs: Path) -> Process:
        with open_log(self._log) as log:
            process = self._spawn(programs / "postgres", log)
        async with getting_ready(process, self.stop_signal, self.stop_within_s):
            await self._until_it_answers(process)
            await self._ensure_database()
        return process

    def tidy(self) -> None:
        """Removes the folder of its socket, once it has ended."""
        with contextlib.suppress(OSError):
            self._sockets.rmdir()

    def _spawn(self, program: Path, log: IO[bytes]) -> Process:
        settings = [part for option in self._server_options() for part in ("-c", option)]
        return spawn(
            "postgres",
            [program, "-D", HERE, *settings],
            environ=ENVIRON,
            on_parent_death=FAST_SHUTDOWN,
            user=self._user,
            folder=self._folder / "data",
            output=log,
            keep_open=self._keep_open,
        )

    def _server_options(self) -> list[str]:
        memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        buffers_mb = self._options.shared_buffers_mb or min(2048, max(128, memory_mb // 8))
        own = {
            **SERVER_OPTIONS,
            "unix_socket_directories": str(self._sockets),
            "unix_socket_permissions": "0777" if self._user else "0700",  # the folder says who may come near
            "shared_buffers": f"{buffers_mb}MB",
            "effective_cache_size": f"{memory_mb // 2}MB",
        }
        if not self._durable:
            own |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
        return [f"{name}={value}" for name, value in own.items()] + list(self._options.options)

    async def _until_it_answers(self, process: Process) -> None:
        while True:
            try:
                connection = await asyncpg.connect(self.superuser_url, timeout=5)
            except (OSError, asyncpg.CannotConnectNowError, asyncpg.TooManyConnectionsError, TimeoutError):
                if process.exit_code is not None:
                    lines = last_lines(self._log)
                    raise EmbeddedServerFailed(f"PostgreSQL ended with code {process.exit_code}.\n{lines}") from None
                await asyncio.sleep(0.03)
            else:
                await connection.close()
                return

    async def _ensure_database(self) -> None:
        """The role and its database: made after the first start, or after one that was interrupted."""
        connection = await asyncpg.connect(self.superuser_url)
        try:
            if not await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", ROLE):
                await connection.execute(f"CREATE ROLE {ROLE}")
            await connection.execute(f"ALTER ROLE {ROLE} LOGIN PASSWORD '{self._role_password}'")
            if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", ROLE):
                await connection.execute(f"CREATE DATABASE {ROLE} OWNER {ROLE}")
        finally:
            await connection.close()

    def _url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{quote(password)}@/{database}?host={quote(str(self._sockets), safe='')}"
