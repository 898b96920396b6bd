"""What every request and every socket passes before its route.

It is a middleware: the framework's guards are each given a copy of the route's handler, at some 10 µs.
"""

from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from bilin.core.at_writer import at_writer
from bilin.core.http import charge_actor, require_actor
from bilin.core.live import as_of_position
from bilin.core.site import Site


class Door(ASGIMiddleware):
    """Lets in who may come in, in this order."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Raises what is answered instead."""
        opt = scope["route_handler"].opt
        await as_of_position(self._site, scope["headers"])
        at_writer(self._site, scope, opt)
        await require_actor(self._site, scope, opt)
        charge_actor(self._site, scope, opt)
        await next_app(scope, receive, send)
