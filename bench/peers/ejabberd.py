"""ejabberd from Debian's package: rooms and their archive in PostgreSQL, no TLS, everything else as it comes."""

import asyncio
import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from pathlib import Path

from bench.peers.peer import DOMAIN, PASSWORD, ROOMS, Peer
from bench.server import HOST

SCHEMA = Path("/usr/share/ejabberd/sql/pg.sql")
CONFIGURATION = """
hosts: ["{domain}"]
loglevel: warning
default_db: sql
sql_type: pgsql
sql_server: "127.0.0.1"
sql_port: {database_port}
sql_database: ejabberd
sql_username: postgres
sql_password: ""
auth_method: sql
auth_password_format: plain
listen:
  - port: {port}
    ip: "{host}"
    module: ejabberd_c2s
    max_stanza_size: 262144
modules:
  mod_disco: {{}}
  mod_roster: {{}}
  mod_stream_mgmt: {{}}
  mod_mam:
    default: always
    request_activates_archiving: false
  mod_muc:
    host: "{rooms}"
    access_create: all
    access_mam: all
    access_persistent: all
    history_size: 0
    default_room_options:
      mam: true
      persistent: true
"""


def _library() -> Path:
    """Where Debian puts it, beside Erlang's own."""
    return next(Path("/usr/lib").glob("*-linux-gnu/ejabberd-*"))


class Ejabberd(Peer):
    """One server with a folder, a database and ports of its own."""

    name = "ejabberd"
    packages = ("ejabberd", "erlang-p1-pgsql")

    async def _start(self, people: Sequence[str]) -> None:
        await self.postgres.start("ejabberd", SCHEMA)
        statement = "INSERT INTO users (username, password) VALUES ($1, $2)"
        await self.postgres.insert("ejabberd", statement, [(name, PASSWORD) for name in people])
        configuration = self.folder / "ejabberd.yml"
        configuration.write_text(
            CONFIGURATION.format(
                domain=DOMAIN, rooms=ROOMS, host=HOST, port=self.port, database_port=self.postgres.port
            )
        )
        erl = shutil.which("erl")
        assert erl is not None
        # What `ejabberdctl foreground` passes, without a name: that would start a daemon for all nodes of the machine.
        arguments = [
            "+K", "true", "+P", "250000", "-noinput", "-mnesia", "dir", f'"{self.folder}/mnesia"', "-s", "ejabberd",
        ]  # fmt: skip
        environment = {
            **os.environ,
            "ERL_LIBS": str(_library().parent),
            "ERL_CRASH_DUMP_BYTES": "0",
            "CONTRIB_MODULES_PATH": str(self.folder / "modules"),
            "CONTRIB_MODULES_CONF_DIR": str(self.folder / "modules.d"),
            "EJABBERD_CONFIG_PATH": str(configuration),
            "EJABBERD_LOG_PATH": str(self.folder / "ejabberd.log"),
            "HOME": str(self.folder),
        }
        with (self.folder / "output.log").open("wb") as log:
            self.process = await asyncio.to_thread(
                subprocess.Popen, [erl, *arguments], cwd=self.folder, env=environment, stdout=log, stderr=log
            )

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.send_signal(signal.SIGTERM)
