"""A server of its own for the benchmark: `bilin serve` on an empty folder and a free port, with people signed in."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

from bench.http_client import HttpError, HttpPool

HOST = "127.0.0.1"
START_TIMEOUT_S = 120
TEXT = "收到，我今天下午 3 点前给反馈。深圳仓的差异请一起核对。The deck is in the shared folder, see page 12."
PASSWORD = "correct horse battery staple"  # noqa: S105 (of a server that lives for minutes, on loopback)
GIVEN = "given by the founder"
CHEAP_PASSWORDS = {"BILIN_IDENTITY_HASH_MEMORY_KIB": "1024", "BILIN_IDENTITY_HASH_PASSES": "1"}
"""Signing in a thousand people is not what is measured."""


@dataclass(slots=True)
class Person:
    """Somebody signed in."""

    id: str
    token: str


@dataclass(slots=True)
class Server:
    """A running server and its people."""

    process: "subprocess.Popen[bytes]"
    port: int
    http: HttpPool
    folder: Path
    settings: Mapping[str, str] = field(default_factory=dict)
    people: list[Person] = field(default_factory=list)

    @property
    def pid(self) -> int:
        return self.process.pid

    async def call(self, method: str, path: str, token: str = "", body: object = None) -> dict[str, object]:
        """A JSON request."""
        payload = b"" if body is None else json.dumps(body).encode()
        answer: dict[str, object] = json.loads(await self.http.request(method, path, token, payload) or b"{}")
        return answer

    @property
    def pids(self) -> Sequence[int]:
        return (self.pid,)

    async def say(self, room: str, sender: Person, mark: str, *, in_text: bool) -> None:
        """Send a message; the mark is its Idempotency-Key, and `in_text` stands at the head of the text too."""
        body = _body(f"{mark} {TEXT}") if in_text else _BODY
        request = (
            f"POST /api/conversations/{room}/messages HTTP/1.1\r\nHost: {HOST}:{self.port}\r\n"
            f"Authorization: Bearer {sender.token}\r\nIdempotency-Key: {mark}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
        ).encode() + body
        try:
            await self.http.send(request)
        except HttpError as error:
            raise HttpError(str(error)[:400]) from None

    def stop(self) -> None:
        """Stop as Ctrl-C would."""
        self.http.close()
        self.process.send_signal(signal.SIGINT)
        try:
            self.process.wait(30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _body(text: str) -> bytes:
    content = {"blocks": [{"type": "paragraph", "spans": [{"type": "text", "text": text}]}]}
    return json.dumps({"content": content}, ensure_ascii=False).encode()


_BODY = _body(TEXT)


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


async def start(people: int, tree: Path | None = None, settings: Mapping[str, str] | None = None) -> Server:
    """Start a server, this tree's or another's that is set up, and sign in so many people."""
    server = await launch(Path(tempfile.mkdtemp(prefix="bilin-bench-")), settings, tree=tree)
    try:
        await _found_company(server, people)
    except BaseException:
        server.stop()
        raise
    return server


async def launch(
    folder: Path, settings: Mapping[str, str] | None = None, arguments: Sequence[str] = (), tree: Path | None = None
) -> Server:
    """`bilin serve` on a folder, ready for requests; nothing else has happened on it."""
    port = free_port()
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("BILIN_")},
        **CHEAP_PASSWORDS,
        "BILIN_DATA_DIR": str(folder / "data"),
        "BILIN_HTTP_PORT": str(port),
        "BILIN_LOG_LEVEL": "warning",
        **(settings or {}),
    }
    with (folder / "serve.log").open("wb") as log:
        python = tree / ".venv/bin/python" if tree else sys.executable
        process = subprocess.Popen(  # noqa: ASYNC220 (starting is quick, and nothing else runs yet)
            [str(python), "-m", "bilin.app.cli", "serve", *arguments], cwd=tree, env=environment, stdout=log, stderr=log
        )
    server = Server(process, port, HttpPool(HOST, port), folder, settings or {})
    try:
        await _wait_until_ready(server)
    except BaseException:
        server.stop()
        raise
    return server


async def _wait_until_ready(server: Server) -> None:
    deadline = monotonic() + START_TIMEOUT_S
    while True:
        if server.process.poll() is not None or monotonic() > deadline:
            raise SystemExit(f"the server did not start:\n{(server.folder / 'serve.log').read_text()[-4000:]}")
        try:
            await server.call("GET", "/health")
        except (HttpError, OSError):
            await asyncio.sleep(0.1)
        else:
            return


def setup_code(server: Server) -> str:
    """What it asks for before there is a company; empty for releases that ask for nothing."""
    file = server.folder / "data" / "keys" / "setup.code"
    return file.read_text() if file.exists() else ""


AT_ONCE = 4
"""So many people are hired together: earlier releases refuse some when many choose their passwords at once."""


async def _found_company(server: Server, people: int) -> None:
    founding = {"company": "云川集团", "name": "苏晚", "login": "founder", "password": PASSWORD, "locale": "zh-CN"}
    await server.call("POST", "/api/setup", body={**founding, "code": setup_code(server)})
    founder = await sign_in(server, "founder")
    units = await server.call("GET", "/api/org/units", founder.token)
    company = units["units"][0]["id"]  # type: ignore[index]
    for start_at in range(0, people, AT_ONCE):
        batch = range(start_at, min(people, start_at + AT_ONCE))
        await asyncio.gather(*(_add(server, founder.token, company, number) for number in batch))
        server.people += await asyncio.gather(*(sign_in(server, f"person{number}") for number in batch))


async def _add(server: Server, token: str, unit: str, number: int) -> None:
    await hire(server, token, f"人员{number}", f"person{number}", unit)


async def hire(server: Server, token: str, name: str, login: str, unit: object) -> None:
    """Add somebody, and replace the password they were given by the one of all people here."""
    body = {"name": name, "login": login, "password": GIVEN, "unit": unit}
    await server.call("POST", "/api/org/people", token, {**body, "email": "", "phone": "", "title": ""})
    newcomer = await sign_in(server, login, GIVEN)
    await server.call("POST", "/api/me/password", newcomer.token, {"old": GIVEN, "new": PASSWORD})


async def sign_in(server: Server, login: str, password: str = PASSWORD) -> Person:
    """Sign somebody in, with the password of all people here unless said otherwise."""
    body = {"login": login, "password": password, "device": "bench", "bearer": True}
    session = await server.call("POST", "/api/sessions", body=body)
    return Person(session["me"]["person"]["id"], str(session["token"]))  # type: ignore[index]
