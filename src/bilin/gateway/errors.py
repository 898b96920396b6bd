"""Errors of the gateway: what an upgrade is refused with."""

from bilin.core.errors import BilinError


class BadUpgrade(BilinError):
    """The request is not a WebSocket handshake of version 13."""

    code = "gateway.bad_upgrade"
    status = 400
    title = "This is not a WebSocket handshake"
    hint = "Connect with a WebSocket client (RFC 6455, version 13)."
