"""Three PostgreSQL servers under Patroni, with one etcd: `tools/install_patroni.sh` brings both programs."""

import asyncio
import contextlib
import hashlib
import json
import os
import signal
import subprocess
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import asyncpg

from bilin.app.embedded.binaries import postgres_programs
from bilin.app.embedded.os_user import database_user, give
from bilin.core.primary import NoPrimary, connect
from tests.support.site_process import free_port

LOCK = Path(__file__).parents[2] / "requirements-patroni.lock"
PLACE = Path(f"/tmp/bilin-patroni-{hashlib.sha256(LOCK.read_bytes()).hexdigest()[:12]}")
READY_WITHIN_S = 90.0
PASSWORD = "secret"
HOSTS = [f"{kind} 127.0.0.1/32 scram-sha-256" for kind in ("host all all", "host replication all")]
DYNAMIC = {
    "ttl": 20,
    "loop_wait": 2,
    "retry_timeout": 3,
    "primary_start_timeout": 0,
    "synchronous_mode": True,
    "synchronous_mode_strict": True,
    "postgresql": {"use_pg_rewind": True, "parameters": {"wal_log_hints": "on", "fsync": "off", "autovacuum": "off"}},
}
"""As `docs/administrators/cluster.md` has it, but for the disk; `ttl` is the least that Patroni takes."""


INITDB: list[object] = ["no-sync", {"encoding": "UTF8"}, {"locale": "C"}]
ALL_THERE = "SELECT count(*) = 2 AND bool_or(sync_state = 'sync') FROM pg_stat_replication"


class Node:
    """One machine of the database: Patroni, and the server that it runs."""

    def __init__(self, folder: Path, number: int, etcd: int) -> None:
        self.port, self._folder = free_port(), folder / f"node-{number}"
        self._folder.mkdir(mode=0o700)
        rest = f"127.0.0.1:{free_port()}"
        names = {"superuser": "postgres", "replication": "replication", "rewind": "rewind"}
        login = {use: {"username": name, "password": PASSWORD} for use, name in names.items()}
        self._config: dict[str, object] = {
            "scope": "bilin",
            "name": f"node-{number}",
            "restapi": {"listen": rest, "connect_address": rest},
            "etcd3": {"host": f"127.0.0.1:{etcd}"},
            "bootstrap": {"dcs": DYNAMIC, "initdb": INITDB},
            "postgresql": {
                "listen": f"127.0.0.1:{self.port}",
                "connect_address": f"127.0.0.1:{self.port}",
                "data_dir": str(self._folder / "data"),
                "bin_dir": str(postgres_programs(database_user())),
                "authentication": login,
                "pg_hba": ["local all all trust", *HOSTS],
                "basebackup": [{"checkpoint": "fast"}, "verbose"],
                "parameters": {"unix_socket_directories": str(self._folder)},
                "pgpass": str(self._folder / "pgpass"),
            },
        }
        self._patroni: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Returns at once."""
        config = self._folder / "patroni.json"
        config.write_text(json.dumps(self._config))
        user = database_user()
        give(self._folder, user)
        with self._folder.with_suffix(".log").open("ab") as log:
            self._patroni = subprocess.Popen(
                [PLACE / "bin" / "patroni", config],
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C"},
                user=user.uid if user else None,
                group=user.gid if user else None,
                extra_groups=[] if user else None,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def kill(self) -> None:
        """As when the machine loses its power: Patroni first, so that nothing is tidied up."""
        if self._patroni is not None:
            self._patroni.kill()
            self._patroni.wait()
            self._patroni = None
        with contextlib.suppress(OSError, ValueError, ProcessLookupError):
            postmaster = int((self._folder / "data" / "postmaster.pid").read_text().split()[0])
            os.kill(postmaster, signal.SIGKILL)


class Patroni:
    """All of them."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._client, self._peer = folder, free_port(), free_port()
        self.nodes = [Node(folder, number, self._client) for number in range(3)]

    @property
    def superuser_url(self) -> str:
        places = ",".join(f"127.0.0.1:{node.port}" for node in self.nodes)
        return f"postgresql://postgres:{PASSWORD}@{places}/postgres"

    @property
    def url(self) -> str:
        """For Bilin's own role."""
        return urlunsplit(urlsplit(self.superuser_url)._replace(path="/bilin")).replace("//postgres:", "//bilin:")

    @property
    def logs(self) -> str:
        return "\n".join(file.read_text()[-6_000:] for file in sorted(self._folder.glob("*.log")))

    async def begin(self) -> None:
        """Returns once there is a primary with a synchronous standby, and Bilin's database."""
        with (self._folder / "etcd.log").open("wb") as log:
            client, peer = f"http://127.0.0.1:{self._client}", f"http://127.0.0.1:{self._peer}"
            own = {
                "data-dir": str(self._folder / "etcd"),
                "listen-client-urls": client,
                "advertise-client-urls": client,
                "listen-peer-urls": peer,
                "initial-advertise-peer-urls": peer,
                "initial-cluster": f"default={peer}",
            }
            self._etcd = subprocess.Popen(
                ["etcd", *(f"--{name}={value}" for name, value in own.items()), "--unsafe-no-fsync"],
                stdout=log,
                stderr=log,
            )
        for node in self.nodes:
            node.start()
        async with asyncio.timeout(READY_WITHIN_S):
            db = await self._primary()
            await db.execute(f"CREATE ROLE bilin LOGIN PASSWORD '{PASSWORD}'")
            await db.execute("CREATE DATABASE bilin OWNER bilin TEMPLATE template0")
            while not await db.fetchval(ALL_THERE):
                await asyncio.sleep(0.2)
        await db.close()

    async def primary(self) -> Node:
        """The one that takes writes."""
        db = await self._primary()
        port = await db.fetchval("SELECT current_setting('port')::int")
        await db.close()
        return next(node for node in self.nodes if node.port == port)

    async def _primary(self) -> "asyncpg.Connection[asyncpg.Record]":
        while True:
            try:
                return await connect(self.superuser_url, timeout=5)
            except (NoPrimary, OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.2)

    def end(self) -> None:
        for node in self.nodes:
            node.kill()
        self._etcd.kill()
        self._etcd.wait()


@asynccontextmanager
async def running_patroni(folder: Path) -> AsyncIterator[Patroni]:
    """For the time of the block."""
    patroni = Patroni(folder)
    try:
        await patroni.begin()
        yield patroni
    except BaseException:
        print(patroni.logs)
        raise
    finally:
        patroni.end()
