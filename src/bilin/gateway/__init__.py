"""The gateway: the WebSocket over which events, presence and typing come down (protocol, section 4)."""

import asyncio

from litestar import get

from bilin.core.http import PUBLIC
from bilin.core.module import FIRST_QUESTIONS, Feature, Module
from bilin.core.roles import Role
from bilin.core.site import Site
from bilin.gateway.connection import SocketConnection
from bilin.gateway.errors import BadUpgrade, NoUpgrade, TooManySockets
from bilin.gateway.hub import Hub
from bilin.gateway.settings import GatewaySettings

__all__ = [
    "BadUpgrade",
    "GatewaySettings",
    "NoUpgrade",
    "TooManySockets",
    "module",
    "socket_protocol",
]


async def start(site: Site) -> None:
    """Open the gateway of this process, if it is one."""
    if not site.has(Role.GATEWAY):
        return
    hub = Hub(site)
    site.provide(Hub, hub)
    await hub.start()
    site.keep("gateway", hub.run)
    site.keep("presence", hub.run_presence)
    site.keep("overdue-sessions", hub.run_sessions)
    site.keep("lines", hub.run_lines)
    site.keep("presence-exchange", hub.run_presence_exchange)


def socket_protocol(site: Site) -> type[asyncio.Protocol]:
    """What uvicorn uses for WebSockets (`ws=`), once the gateway has started."""
    return type("HubConnection", (SocketConnection,), {"hub": site.get(Hub), "__slots__": ()})


@get("/api/socket", opt=PUBLIC, include_in_schema=False)
async def plain_request() -> None:
    """Who comes without an upgrade is told; upgrades never get here."""
    raise NoUpgrade


module = Module(
    "gateway",
    features=(
        Feature(
            name="gateway",
            none=FIRST_QUESTIONS,
            settings=(GatewaySettings,),
            routes=[plain_request],
            start=start,
        ),
    ),
)
