"""A request that another site decides goes there, and its answer comes back as if it had been decided here.

`sites` provides the `Forwarder`. A route says with `opt=OWNED` that its doors may raise `OwnedElsewhere`; no other
route is ever forwarded, or taken from another site.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, cast

from litestar import Request, Response
from litestar.response.base import ASGIResponse
from litestar.types import ASGIApp, Receive, Scope, Send

from bilin.core.commands import Actor

OWNED: dict[str, Any] = {"owned": True}
"""`opt=OWNED` on a route handler: what it changes may belong to another site."""
FORWARDED = "bilin.forwarded"
"""Where the scope of a request that another site sent holds its actor. Nothing from the network can set it."""
JSON = "application/json"
MAX_KEY_CHARS = 64


@dataclass(frozen=True, slots=True)
class ForwardedRequest:
    """A request as it is repeated at its owner."""

    method: str
    path: str
    query: bytes
    body: bytes
    key: str | None
    """The Idempotency-Key: with it the owner does nothing twice, however often it is asked."""
    actor: Actor


@dataclass(frozen=True, slots=True)
class ForwardedAnswer:
    """What the owner answered, with the positions as they are here."""

    status: int
    media_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Application:
    """The HTTP application of this process, for what other sites send."""

    app: ASGIApp


class Forwarder:
    """The way to the owners. Sites provides one to the site."""

    async def forward(self, site: int, request: ForwardedRequest) -> ForwardedAnswer:
        """Have the owner decide. Raises `SiteUnreachable` when it cannot be asked, and what keeps it from answering."""
        raise NotImplementedError


def is_key(text: str) -> bool:
    """Whether a text may be an Idempotency-Key: one rule here and at every site a request is forwarded to. A header has
    no agreed encoding beyond ASCII (RFC 9110, section 5.5)."""
    return 0 < len(text) <= MAX_KEY_CHARS and text.isascii() and text.isprintable()


def is_forwardable(request: Request[Any, Any, Any]) -> bool:
    """Whether a request that is owned elsewhere goes there: not one that came from another site, nor of any route."""
    handler = request.scope.get("route_handler")
    return handler is not None and bool(handler.opt.get("owned")) and FORWARDED not in request.scope


class LaterAnswer(Response[bytes]):
    """A response that is found out while it is sent: handlers of exceptions cannot wait for anything."""

    def __init__(self, find: Callable[[], Awaitable[Response[bytes]]]) -> None:
        super().__init__(b"")
        self._find = find

    def to_asgi_response(self, app: Any, request: Request[Any, Any, Any], **more: Any) -> ASGIResponse:
        """An ASGI application that waits, then answers."""

        async def respond(scope: Scope, receive: Receive, send: Send) -> None:
            found = await self._find()
            await found.to_asgi_response(app=None, request=request, **more)(scope, receive, send)

        return cast("ASGIResponse", respond)


async def have_it_decided(request: Request[Any, Any, Any], site: int) -> Response[bytes]:
    """The owner's answer to a request. Raises what `Forwarder.forward` raises."""
    forwarder: Forwarder = request.app.state.site.get(Forwarder)
    forwarded = ForwardedRequest(
        request.method,
        request.scope["path"],
        request.scope["query_string"],
        await request.body(),
        request.headers.get("idempotency-key"),
        request.scope["bilin.actor"],  # type: ignore[typeddict-item]
    )
    answer = await forwarder.forward(site, forwarded)
    return Response(answer.body, status_code=answer.status, media_type=answer.media_type)
