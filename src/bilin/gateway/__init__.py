"""The gateway: the WebSocket over which events, presence and typing come down (protocol, section 4)."""

import asyncio

from bilin.core.module import Module
from bilin.core.site import Site
from bilin.gateway.connection import Connection
from bilin.gateway.hub import Hub
from bilin.gateway.settings import GatewaySettings

__all__ = ["GatewaySettings", "module", "socket_protocol"]


async def start(site: Site) -> None:
    """Open the gateway of this process."""
    hub = Hub(site)
    site.provide(Hub, hub)
    await hub.start()
    site.keep("gateway", hub.run)
    site.keep("presence", hub.run_presence)
    site.keep("overdue-sessions", hub.run_sessions)
    site.keep("lines", hub.run_lines)
    site.keep("passing", hub.run_passing)


def socket_protocol(site: Site) -> type[asyncio.Protocol]:
    """What uvicorn uses for WebSockets (`ws=`), once the gateway has started."""
    return type("SocketConnection", (Connection,), {"hub": site.get(Hub), "__slots__": ()})


module = Module("gateway", start=start)
