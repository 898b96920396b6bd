"""Requests about what one process of the site does for all: they are answered by the one that writes the log.

A route says so with `opt=AT_WRITER`. Asked in another process, the request goes to that one over the bus as it came,
and its answer comes back as it is.
"""

import asyncio
from collections.abc import Mapping, Sequence
from time import monotonic
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Receive, Scope, Send

from bilin.core.bus import NobodyThere
from bilin.core.errors import BilinError
from bilin.core.site import Site

AT_WRITER: dict[str, Any] = {"at_writer": True}
"""`opt=AT_WRITER` on a route handler."""
PASSED = "bilin.passed"
"""In the scope of a request that another process passed on. Nothing from the network can set it."""
ANSWERED_WITHIN_S = 25.0
PATIENCE_S, AGAIN_S = 8.0, 0.1
OF_THE_CONNECTION = (b"accept-encoding", b"connection", b"content-length", b"transfer-encoding")
"""What the process that has the connection sees to itself."""

Headers = list[tuple[bytes, bytes]]


class Passed(msgspec.Struct, frozen=True, array_like=True):
    """A request as it came."""

    method: str
    scheme: str
    path: str
    query: bytes
    headers: Headers
    body: bytes
    client: tuple[str, int] | None


class Given(msgspec.Struct, frozen=True, array_like=True):
    """Its answer."""

    status: int
    headers: Headers
    body: bytes


class AnsweredAtWriter(BilinError):
    """Never seen by anybody: the request goes to the process that writes the log."""

    code = "core.answered_at_writer"


def passed_subject(site: int) -> str:
    """Where the process that writes the log takes requests."""
    return f"bilin.{site}.writer.requests"


def at_writer(site: Site, scope: Scope, opt: Mapping[str, Any]) -> None:
    """Of every route, before who asks is known."""
    if opt.get("at_writer") and PASSED not in scope and not site.log.is_here:
        raise AnsweredAtWriter


async def have_it_answered(request: Request[Any, Any, Any]) -> Response[bytes]:
    """The answer of the process that writes the log. Raises `NoAnswer`."""
    site: Site = request.app.state.site
    scope = request.scope
    client = scope.get("client")
    passed = Passed(
        request.method,
        scope["scheme"],
        scope["path"],
        scope["query_string"],
        [(name, value) for name, value in scope["headers"] if name not in OF_THE_CONNECTION],
        await request.body(),
        None if client is None else (client[0], client[1]),
    )
    answered = await _ask(site, msgspec.msgpack.encode(passed))
    return GivenAnswer(msgspec.msgpack.decode(answered, type=Given))


async def _ask(site: Site, payload: bytes) -> bytes:
    """Ask the writer; while there is none, wait for one a while. What reached it once is not sent again."""
    until = monotonic() + PATIENCE_S
    while True:
        try:
            return await site.bus.request(passed_subject(site.number), payload, ANSWERED_WITHIN_S)
        except NobodyThere:
            if monotonic() > until:
                raise
            await asyncio.sleep(AGAIN_S)


async def perform(app: ASGIApp, payload: bytes) -> bytes:
    """In the process that writes: the answer to a request that another process passed on."""
    passed = msgspec.msgpack.decode(payload, type=Passed)
    answer = _Answer()
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "scheme": passed.scheme,
        "method": passed.method,
        "path": passed.path,
        "raw_path": passed.path.encode(),
        "root_path": "",
        "query_string": passed.query,
        "headers": [*passed.headers, (b"content-length", b"%d" % len(passed.body))],
        "client": passed.client,
        "server": None,
        PASSED: True,
    }

    async def receive() -> Any:
        return {"type": "http.request", "body": passed.body, "more_body": False}

    await app(scope, receive, answer.hear)  # type: ignore[arg-type]
    return msgspec.msgpack.encode(Given(answer.status, answer.headers, bytes(answer.body)))


class _Answer:
    """Collects what the application sends."""

    def __init__(self) -> None:
        self.status, self.headers, self.body = 500, Headers(), bytearray()

    async def hear(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = [(bytes(name), bytes(value)) for name, value in message["headers"]]
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")


class GivenAnswer(Response[bytes]):
    """An answer of another process, as it is."""

    def __init__(self, given: Given) -> None:
        super().__init__(given.body, status_code=given.status)
        self._given = given

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **more: Any) -> ASGIResponse:
        """An ASGI application that sends it."""
        given = self._given
        headers: Sequence[tuple[bytes, bytes]] = [
            *((name, value) for name, value in given.headers if name.lower() not in OF_THE_CONNECTION),
            (b"content-length", b"%d" % len(given.body)),
        ]

        async def respond(scope: Scope, receive: Receive, send: Send) -> None:
            await send({"type": "http.response.start", "status": given.status, "headers": headers})
            await send({"type": "http.response.body", "body": given.body, "more_body": False})

        return respond  # type: ignore[return-value]
