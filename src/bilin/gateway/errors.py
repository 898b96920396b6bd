"""Errors of the gateway: what an upgrade is refused with."""

from bilin.core.errors import BilinError, TooMany


class BadUpgrade(BilinError):
    """The request is not a WebSocket handshake of version 13."""

    code = "gateway.bad_upgrade"
    status = 400
    title = "This is not a WebSocket handshake"
    hint = "Connect with a WebSocket client (RFC 6455, version 13)."


class TooManySockets(TooMany):
    """A session or a person has as many sockets as they may."""

    code = "gateway.too_many_sockets"
    title = "There are too many connections already"
    hint = "Close other windows or devices; a program uses one socket for all it does."


class NoUpgrade(BadUpgrade):
    """A plain request where the socket is: a proxy on the way does not pass `Upgrade` on."""

    status = 426
    title = "Only WebSockets are answered here"
    hint = "A proxy before this server must pass Upgrade and Connection on (docs/administrators/proxies.md)."
