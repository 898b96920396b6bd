"""A server of somebody else's, measured as Bilin is: started on a folder of its own, with people, and stopped."""

import asyncio
import shutil
import socket
import subprocess
import tempfile
from abc import ABC, abstractmethod
from collections.abc import Sequence
from pathlib import Path
from typing import ClassVar

from bench.load import Room
from bench.peers.client import XmppClient, connect
from bench.peers.postgres import Postgres
from bench.server import HOST, TEXT, Person, free_port
from bench.socket_client import Deliveries

DOMAIN = "bench.example"
ROOMS = f"rooms.{DOMAIN}"
PASSWORD = "correct horse battery staple"  # noqa: S105 (of a server that lives for minutes, on loopback)
PATIENCE_S = 60.0
AT_ONCE = 20


def version_of(package: str) -> str:
    """Of a Debian package; empty: not installed."""
    asked = ["dpkg-query", "-W", "-f=${Version}", package]
    return subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()


class Peer(ABC):
    """Subclass it for a server that speaks XMPP."""

    name: ClassVar[str]
    packages: ClassVar[tuple[str, ...]]
    """Debian's, the server's own first."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"bench-{self.name}-"))
        self.folder.chmod(0o755)
        self.port = free_port()
        self.postgres = Postgres(self.folder, free_port())
        self.process: subprocess.Popen[bytes] | None = None
        self.people: list[Person] = []
        self._clients: dict[str, XmppClient] = {}

    @property
    def pids(self) -> Sequence[int]:
        assert self.process is not None
        return self.process.pid, self.postgres.pid

    async def start(self, people: int) -> None:
        """Start it with so many people, nobody of them online."""
        self.people = [Person(f"person{number}", PASSWORD) for number in range(people)]
        await self._start([person.id for person in self.people])
        until = asyncio.get_running_loop().time() + PATIENCE_S
        while not self._listens():
            if self.process is None or self.process.poll() is not None or asyncio.get_running_loop().time() > until:
                raise SystemExit(f"{self.name} did not start: see {self.folder}")
            await asyncio.sleep(0.1)

    async def connect(self, tally: Deliveries) -> None:
        """Everybody online."""
        for at in range(0, len(self.people), AT_ONCE):
            some = self.people[at : at + AT_ONCE]
            found = await asyncio.gather(*(connect(HOST, self.port, tally, DOMAIN, p.id, p.token) for p in some))
            self._clients |= {client.name: client for client in found}

    async def room(self, title: str, people: Sequence[Person], senders: int) -> Room:
        """A room in which these people are."""
        name = f"{title.lower()}@{ROOMS}"
        for number, person in enumerate(people):
            await self._clients[person.id].enter(name, makes_it=number == 0)
        return Room(name, people[:senders], len(people))

    async def say(self, room: str, sender: Person, mark: str, *, in_text: bool) -> None:
        """Say something; it is acknowledged when the room has sent it back."""
        await self._clients[sender.id].say(room, mark, TEXT)

    def stop(self) -> None:
        """Stop it and throw its data away."""
        for client in self._clients.values():
            client.close()
        if self.process is not None:
            self._end(self.process)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.postgres.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex((HOST, self.port)) == 0

    @abstractmethod
    async def _start(self, people: Sequence[str]) -> None:
        """Set `process`."""

    @abstractmethod
    def _end(self, process: "subprocess.Popen[bytes]") -> None:
        """Ask it to end."""
