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

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Raises what is answered instead."""
        opt = scope["route_handler"].opt
        site: Site = scope["litestar_app"].state.site
        await as_of_position(site, scope["headers"])
        at_writer(site, scope, opt)
        await require_actor(site, scope, opt)
        charge_actor(site, scope, opt)
        await next_app(scope, receive, send)
