"""HEAD is GET without the body (RFC 9110, section 9.3.2): every route that answers one answers the other."""

from typing import Any, cast

from litestar.types import ASGIApp, Receive, Scope, Send


def answering_head(app: ASGIApp) -> ASGIApp:
    """The application, which is asked with GET. The server, which knows what came, keeps the body back."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        asked: dict[str, Any] = {**scope, "method": "GET"} if scope.get("method") == "HEAD" else cast("Any", scope)
        await app(cast("Scope", asked), receive, send)

    return answer
