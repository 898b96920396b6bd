"""Prosody from Debian's package: rooms and their archive in PostgreSQL, no TLS, everything else as it comes."""

import asyncio
import os
import pwd
import shutil
import signal
import subprocess
from collections.abc import Sequence

from bench.peers.peer import DOMAIN, PASSWORD, ROOMS, Peer
from bench.server import HOST

CONFIGURATION = """
pidfile = "{folder}/prosody.pid"
data_path = "{folder}/data"
log = {{ warn = "{folder}/prosody.log" }}
interfaces = {{ "{host}" }}
c2s_ports = {{ {port} }}
s2s_ports = {{ }}
legacy_ssl_ports = {{ }}
http_ports = {{ }}
https_ports = {{ }}
modules_enabled = {{ "roster"; "saslauth"; "disco"; "smacks"; "mam"; "ping"; }}
modules_disabled = {{ "s2s"; "tls"; }}
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
authentication = "internal_plain"
storage = {{ accounts = "internal"; archive = "sql"; muc_log = "sql"; }}
sql = {{ driver = "PostgreSQL"; database = "prosody"; username = "postgres"; password = ""; host = "127.0.0.1";
  port = {database_port}; }}
default_storage = "internal"
VirtualHost "{domain}"
Component "{rooms}" "muc"
  modules_enabled = {{ "muc_mam" }}
  muc_log_by_default = true
  muc_room_default_persistent = true
  restrict_room_creation = false
"""


class Prosody(Peer):
    """One server with a folder, a database and ports of its own."""

    name = "Prosody"
    packages = ("prosody", "lua-dbi-postgresql")

    async def _start(self, people: Sequence[str]) -> None:
        await self.postgres.start("prosody")
        accounts = self.folder / "data" / DOMAIN.replace(".", "%2e") / "accounts"
        accounts.mkdir(parents=True)
        for name in people:
            (accounts / f"{name}.dat").write_text(f'return {{ ["password"] = "{PASSWORD}"; }};\n')
        configuration = self.folder / "prosody.cfg.lua"
        configuration.write_text(
            CONFIGURATION.format(
                folder=self.folder, host=HOST, port=self.port, domain=DOMAIN, rooms=ROOMS,
                database_port=self.postgres.port,
            )
        )  # fmt: skip
        program = shutil.which("prosody")
        assert program is not None
        user = pwd.getpwnam("prosody") if os.geteuid() == 0 else None
        if user is not None:
            for folder, _, files in os.walk(self.folder / "data"):
                for path in (folder, *(f"{folder}/{name}" for name in files)):
                    os.chown(path, user.pw_uid, user.pw_gid)
            os.chown(self.folder, user.pw_uid, user.pw_gid)
        with (self.folder / "output.log").open("wb") as log:
            self.process = await asyncio.to_thread(
                subprocess.Popen,
                [program, "-F", "--config", str(configuration)],
                cwd=self.folder,
                stdout=log,
                stderr=log,
                user=user.pw_uid if user else None,
                group=user.pw_gid if user else None,
            )

    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        process.send_signal(signal.SIGTERM)
