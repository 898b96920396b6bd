"""The web process: HTTP API, WebSocket gateway and log writer on one event loop."""

from typing import Any, cast

import structlog
import uvicorn
import uvloop
from litestar import Litestar, Response, get
from litestar.config.compression import CompressionConfig
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.types import ASGIApp

from bilin import __version__
from bilin.app import collector, metrics, spa
from bilin.app.configuration import read_configuration
from bilin.app.description import IdSchema
from bilin.app.edge import Deadlines, edge_protocol
from bilin.app.edge.limits import SILENT_S
from bilin.app.edge.server import QuietServer
from bilin.app.migrations import upgrade
from bilin.app.open_files import allow_open_files
from bilin.core import http, telemetry
from bilin.core.database import reading
from bilin.core.errors import Unavailable
from bilin.core.forwarding import Application
from bilin.core.house import modules
from bilin.core.settings import DatabaseSettings, HttpSettings, LogSettings, Settings
from bilin.core.site import Site, open_site
from bilin.gateway import socket_protocol

logger = structlog.get_logger(__name__)

MAX_BODY_BYTES = 1_000_000


@get("/health", opt=http.PUBLIC, include_in_schema=False)
async def health(site: Site) -> Response[dict[str, Any]]:
    """Ready: the database answers and this process writes the log. The bus may be away: the log fills its holes."""
    try:
        async with reading(site.pool) as db:
            database_answers = await db.fetchval("SELECT true")
    except Unavailable:
        database_answers = False
    checks = {"database": bool(database_answers), "writer": site.log.is_writing, "bus": site.bus.is_connected}
    is_ready = checks["database"] and checks["writer"]
    body = {"status": "ready" if is_ready else "starting", "version": __version__, "checks": checks}
    return Response(body, status_code=200 if is_ready else 503)


def build_app(site: Site) -> Litestar:
    """The HTTP application of a site whose modules have started."""
    routes = [handler for module in modules() for handler in module.routes]
    app = Litestar(
        [health, metrics.metrics, *routes, *spa.routes],
        guards=[http.require_actor, http.charge_actor],
        dependencies={
            "ctx": Provide(http.provide_context, sync_to_thread=False),
            "site": Provide(http.provide_site, sync_to_thread=False),
        },
        exception_handlers=http.EXCEPTION_HANDLERS,
        type_encoders=http.TYPE_ENCODERS,
        type_decoders=http.TYPE_DECODERS,
        compression_config=CompressionConfig(
            backend="gzip", minimum_size=2000, gzip_compress_level=3, exclude_opt_key=http.UNCOMPRESSED
        ),
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


async def start_site(settings: Settings) -> Site:
    """Bring up the schema, the writer, the tail and all modules."""
    await upgrade(settings[DatabaseSettings].url)
    site = await open_site(settings)
    await site.tail.start()
    for module in modules():
        await module.start(site)
    site.keep("tail", site.tail.run)
    site.keep("log-writer", site.log.run)
    return site


async def serve(settings: Settings) -> None:
    """Serve until the process is told to stop. Half of what may be open is for connections that ask something; sockets,
    the database and files have the rest."""
    site = await start_site(settings)
    own, deadlines = settings[HttpSettings], Deadlines(allow_open_files() // 2)
    site.keep("deadlines", deadlines.run)
    config = uvicorn.Config(
        build_app(site),
        host=own.host,
        port=own.port,
        http=edge_protocol(own, deadlines),
        ws=socket_protocol(site),
        loop="none",
        lifespan="off",
        access_log=False,
        log_config=None,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=int(SILENT_S),
        timeout_graceful_shutdown=3,
        backlog=4096,
    )
    server = QuietServer(config)
    collector.settle()
    try:
        await server.serve()
    finally:
        await site.close()


def main() -> None:
    """Entry point of the supervisor's child."""
    settings = read_configuration()
    telemetry.configure_logging(settings[LogSettings])
    uvloop.run(serve(settings))


if __name__ == "__main__":
    main()
