"""Answers that clients fetch again when something happened: as of when an answer is, and what makes it old.

A client that shows such an answer gets the events as well (docs/developers/protocol.md, section 3, "Live answers"). And
what it has seen of any process of the site is in every answer after that (docs/decisions/0057).
"""

from collections.abc import Awaitable, Callable, Iterable
from contextvars import ContextVar
from typing import Any, Final

from litestar import Request, Response

from bilin.core.database import head, reading
from bilin.core.errors import Malformed, Unavailable
from bilin.core.http import Authenticator
from bilin.core.site import Site

POSITION: Final = "bilin-position"
"""Header of an answer: every event up to here is in it; what it holds may be of later ones, too. Of a request: the
highest position that the client has seen, which the answer must not be older than."""
POSITION_BYTES: Final = POSITION.encode()
MAX_POSITION_DIGITS: Final = 16
SOON_S: Final = 0.5
PATIENCE_S: Final = 5.0
TOPICS: Final = "bilin-topics"
"""Header: events of these types make the answer old, or of types that begin so before a dot; with spaces between."""

_asked_at: ContextVar[int] = ContextVar("asked_at")


def live(*topics: str) -> dict[str, Any]:
    """`@get(…, **live("org", "sites.home_set"))`: what a route answers depends on events of these types."""
    told = " ".join(topics)

    async def tell(response: Response[Any]) -> Response[Any]:
        response.headers[POSITION] = str(_asked_at.get())
        response.headers[TOPICS] = told
        return response

    after: Callable[[Response[Any]], Awaitable[Response[Any]]] = tell
    return {"before_request": _note_position, "after_request": after}


async def as_of_position(site: Site, headers: Iterable[tuple[bytes, bytes]]) -> None:
    """Of every route, before who asks is known: what this process remembers is not older than what the client has seen.
    Whom nobody here knows has seen none, and is not waited for. Raises `Unavailable` when this process is deaf."""
    for name, value in headers:
        if name == POSITION_BYTES:
            if not value.isdigit() or len(value) > MAX_POSITION_DIGITS:
                raise Malformed(f"{POSITION} is not a position.")
            if int(value) > site.tail.pos and await site.get(Authenticator).knows(headers):
                await _reach(site, int(value))


async def _reach(site: Site, pos: int) -> None:
    if await site.tail.reached(pos, SOON_S):
        return
    async with reading(site.pool) as db:
        if pos > await head(db):  # this log was restored, and never had it: the client learns that from its socket
            return
    if not await site.tail.reached(pos, PATIENCE_S):
        raise Unavailable("This process has not heard yet of what you have seen.")


async def _note_position(request: Request[Any, Any, Any]) -> None:
    """Before anything is read: an answer must not claim to know what was committed while it was made."""
    site: Site = request.app.state.site
    _asked_at.set(site.tail.pos)
