"""The web process: HTTP API, WebSocket gateway and log writer on one event loop, or some of them."""

import argparse
import asyncio
import signal
import socket
from collections.abc import Sequence
from typing import Any, cast

import msgspec
import structlog
import uvicorn
import uvloop
from litestar import Litestar, Response, get
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

from bilin import __version__
from bilin.app import collector, metrics, neighbours, spa
from bilin.app.compression import Compression
from bilin.app.configuration import read_configuration
from bilin.app.description import IdSchema
from bilin.app.door import Door
from bilin.app.edge import Deadlines, edge_protocol
from bilin.app.edge.head import answering_head
from bilin.app.edge.limits import SILENT_S
from bilin.app.edge.server import QuietServer
from bilin.app.migrations import upgrade
from bilin.app.open_files import allow_open_files
from bilin.app.performing import perform_for_others
from bilin.app.request import PlainRequest
from bilin.core import http, telemetry
from bilin.core.database import reading
from bilin.core.errors import Unavailable
from bilin.core.forwarding import Application
from bilin.core.house import modules
from bilin.core.roles import SMALL_SITE, Place, Role
from bilin.core.settings import DatabaseSettings, HttpSettings, LogSettings, Settings, SiteSettings
from bilin.core.site import Site, open_site
from bilin.gateway import socket_protocol

logger = structlog.get_logger(__name__)

MAX_BODY_BYTES = 1_000_000
BACKLOG = 4096


async def checks_of(site: Site) -> neighbours.Health:
    """Ready: the database answers, and the log can be written, by this process or another one. The bus may be away: the
    log fills its holes."""
    try:
        async with reading(site.pool) as db:
            database_answers = await db.fetchval("SELECT true")
    except Unavailable:
        database_answers = False
    checks = {
        "database": bool(database_answers),
        "writer": await site.log.can_be_written(),
        "bus": site.bus.is_connected,
    }
    return neighbours.Health(checks["database"] and checks["writer"], checks)


@get("/health", opt=http.PUBLIC, include_in_schema=False)
async def health(site: Site) -> Response[dict[str, Any]]:
    """How the process that answers is, and which others of this machine are ready."""
    own = await checks_of(site)
    others = await neighbours.ask_all(site.settings[SiteSettings].data_dir, neighbours.HEALTH)
    told = {name: neighbours.decode_health(each).is_ready for name, each in others.items()}
    body = {
        "status": "ready" if own.is_ready else "starting",
        "version": __version__,
        "checks": own.checks,
        "processes": {**told, site.place.name: own.is_ready},
    }
    return Response(body, status_code=200 if own.is_ready else 503)


def routes_of(place: Place) -> list[Any]:
    """What a process answers over HTTP; one that has sockets alone answers no command or query."""
    has_api = place.roles != {Role.GATEWAY}
    return [each for module in modules() if has_api or module.name == "gateway" for each in module.routes]


def build_app(site: Site, place: Place = SMALL_SITE) -> Litestar:
    """The HTTP application of a site whose modules have started."""
    app = Litestar(
        [health, metrics.metrics, *routes_of(place), *spa.routes],
        request_class=PlainRequest,
        dependencies={
            "ctx": Provide(http.provide_context, sync_to_thread=False),
            "site": Provide(http.provide_site, sync_to_thread=False),
        },
        exception_handlers=http.EXCEPTION_HANDLERS,
        type_encoders=http.TYPE_ENCODERS,
        type_decoders=http.TYPE_DECODERS,
        middleware=[Door(), Compression()],
        openapi_config=OpenAPIConfig(
            title="Bilin", version=__version__, path="/api", render_plugins=[JsonRenderPlugin()]
        ),
        request_max_body_size=MAX_BODY_BYTES,
        plugins=[IdSchema()],
        logging_config=None,
    )
    app.state.site = site
    app.state.client = spa.read_built_files(spa.STATIC)
    site.provide(Application, Application(cast("ASGIApp", app)))
    return app


async def start_site(settings: Settings, place: Place = SMALL_SITE) -> Site:
    """Bring up the schema, the writer, the tail and all modules."""
    await upgrade(settings[DatabaseSettings].url)
    site = await open_site(settings, place)
    await site.charges.start()
    await site.tail.start()
    for module in modules():
        await module.start(site)
    site.keep("tail", site.tail.run)
    if site.has(Role.WRITER):
        site.keep("log-writer", site.log.run)
    else:
        site.keep("log-link", site.log.run_linked)
    return site


async def serve(settings: Settings, place: Place, *, is_shared: bool) -> None:
    """Serve until the process is told to stop. `is_shared`: other processes listen at the same address."""
    site = await start_site(settings, place)
    app = build_app(site, place)
    perform_for_others(site)

    async def tell_health() -> bytes:
        return msgspec.msgpack.encode(await checks_of(site))

    answers = {neighbours.HEALTH: tell_health, neighbours.METRICS: metrics.own_figures}
    try:
        async with neighbours.answering(settings[SiteSettings].data_dir, place.name, answers):
            if place.roles & {Role.API, Role.GATEWAY}:
                await _serve_http(site, app, is_shared=is_shared)
            else:
                collector.settle()
                await _until_told_to_stop()
    finally:
        await site.close()


async def _serve_http(site: Site, app: Litestar, *, is_shared: bool) -> None:
    """Half of what may be open is for connections that ask something; sockets, the database and files have the rest."""
    own, deadlines = site.settings[HttpSettings], Deadlines(allow_open_files() // 2)
    site.keep("deadlines", deadlines.run)
    config = uvicorn.Config(
        answering_head(cast("ASGIApp", app)),
        host=own.host,
        port=own.port,
        http=edge_protocol(own, deadlines),
        ws=socket_protocol(site) if site.has(Role.GATEWAY) else "none",
        loop="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=int(SILENT_S),
        timeout_graceful_shutdown=3,
        backlog=BACKLOG,
    )
    server = QuietServer(config)
    collector.settle()
    await server.serve([_shared_socket(own)] if is_shared else None)


def _shared_socket(own: HttpSettings) -> socket.socket:
    """One of several that listen at the address: the kernel divides new connections evenly, and a process that dies
    takes its own with it and no others (SO_REUSEPORT, socket(7))."""
    listening = socket.socket(socket.AF_INET6 if ":" in own.host else socket.AF_INET)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
    listening.bind((own.host, own.port))
    return listening


async def _until_told_to_stop() -> None:
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    await stop.wait()


def read_place(arguments: Sequence[str] | None = None) -> tuple[Place, bool]:
    """Which of the site's processes this is, and whether others listen at its address, as the supervisor says."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--roles", default=",".join(sorted(SMALL_SITE.roles)))
    parser.add_argument("--number", type=int, default=0)
    parser.add_argument("--shared", action="store_true")
    told = parser.parse_args(arguments)
    return Place(frozenset(map(Role, told.roles.split(","))), told.number), told.shared


def main() -> None:
    """Entry point of the supervisor's child."""
    place, is_shared = read_place()
    settings = read_configuration()
    telemetry.configure_logging(settings[LogSettings])
    uvloop.run(serve(settings, place, is_shared=is_shared))


if __name__ == "__main__":
    main()
