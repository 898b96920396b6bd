"""Answers that clients fetch again when something happened: as of when an answer is, and what makes it old.

A client that shows such an answer gets the events as well (docs/developers/protocol.md, section 3, "Live answers").
"""

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from typing import Any, Final

from litestar import Request, Response

from bilin.core.site import Site

POSITION: Final = "bilin-position"
"""Header: every event up to here is in the answer; what it holds may be of later ones, too."""
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


async def _note_position(request: Request[Any, Any, Any]) -> None:
    """Before anything is read: an answer must not claim to know what was committed while it was made."""
    site: Site = request.app.state.site
    _asked_at.set(site.tail.pos)
