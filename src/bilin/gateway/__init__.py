"""The gateway: the WebSocket over which events, presence and typing come down (protocol, section 4)."""

from bilin.core.module import Module

module = Module("gateway")

__all__ = ["module"]
