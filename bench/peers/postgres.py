"""A PostgreSQL for a peer: the one that Bilin brings, with the same options, as durable."""

import asyncio
import os
import signal
import subprocess
from pathlib import Path

import asyncpg

from bilin.app.embedded.binaries import postgres_programs
from bilin.app.embedded.os_user import database_user, give
from bilin.app.embedded.postgres import SERVER_OPTIONS

PATIENCE_S = 30.0


class Postgres:
    """One server on a port of its own, for whoever is on this machine."""

    def __init__(self, folder: Path, port: int) -> None:
        self._user = database_user()
        self._programs, self._folder, self.port = postgres_programs(self._user), folder / "postgres", port
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    async def start(self, database: str, schema: Path | None = None) -> None:
        """Start it with one database, and tables if need be."""
        self._folder.mkdir()
        give(self._folder, self._user)
        self._run("initdb", "--pgdata=.", "--username=postgres", "--auth=trust", "--encoding=UTF8", "--locale=C").wait()
        memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") // 2**20
        options = SERVER_OPTIONS | {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            "unix_socket_directories": "",
            "shared_buffers": f"{min(2048, max(128, memory_mb // 8))}MB",
        }
        settings = [part for name, value in options.items() for part in ("-c", f"{name}={value}")]
        self._process = self._run("postgres", "-D", ".", *settings)
        admin = await self._connected("postgres")
        await admin.execute(f'CREATE DATABASE "{database}"')
        await admin.close()
        db = await self._connected(database)
        if schema is not None:
            await db.execute(schema.read_text())  # noqa: ASYNC240 (nothing else runs yet)
        await db.close()

    async def insert(self, database: str, statement: str, rows: list[tuple[object, ...]]) -> None:
        """Put rows into a table."""
        db = await self._connected(database)
        await db.executemany(statement, rows)
        await db.close()

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)
            self._process.wait(30)

    async def _connected(self, database: str) -> "asyncpg.Connection[asyncpg.Record]":
        until = asyncio.get_running_loop().time() + PATIENCE_S
        while True:
            try:
                return await asyncpg.connect(
                    host="127.0.0.1", port=self.port, user="postgres", database=database, ssl=False
                )
            except (OSError, asyncpg.CannotConnectNowError):
                if asyncio.get_running_loop().time() > until:
                    raise
                await asyncio.sleep(0.1)

    def _run(self, program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        user = self._user
        with (self._folder.parent / "postgres.log").open("ab") as log:
            return subprocess.Popen(
                [self._programs / program, *arguments],
                cwd=self._folder,
                env={"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"},
                stdout=log,
                stderr=log,
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
            )
