"""The one of several PostgreSQL servers that takes writes: a primary and its standbys, all named in one URL.

The driver tries one host after the other within one timeout, which a silent host uses up, and takes the first that may
be written: after a failover that can be the old primary, cut off from the rest. Here all are asked at once. Of those
that may be written the one with the highest timeline is taken, since each promotion begins a new one.
"""

import asyncio
import contextlib
import socket
from collections.abc import Awaitable, Callable, Sequence
from functools import cache
from typing import Any, TypeAlias
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

import asyncpg
import structlog

logger = structlog.get_logger(__name__)

SILENT_S = 2.0
"""A server that has not answered by then is passed over."""
LOOK_S = 3.0
"""How often it is looked whether another server has become the primary."""
GONE_MS = 6_000
"""So long a machine that was cut off may leave what we sent unanswered."""
ONE_HOST = {"host", "port", "target_session_attrs"}
TIMELINE = """
SELECT CASE WHEN pg_is_in_recovery() THEN 0
            ELSE ('x' || left(pg_walfile_name(pg_current_wal_lsn()), 8))::bit(32)::int END"""

Connection: TypeAlias = "asyncpg.Connection[asyncpg.Record]"
_found: dict[str, str] = {}
"""The server that was the primary lately, by the URL of all."""


class NoPrimary(ConnectionError):
    """None of the servers takes writes at this moment: one may be about to be promoted."""


async def connect(url: str, **how: Any) -> "Connection":
    """A connection to the primary, having asked all servers of the URL."""
    servers = servers_of(url)
    if len(servers) == 1:
        return await _connected(url, **how)
    asking = [asyncio.create_task(_asked(server, **how)) for server in servers]
    try:
        await asyncio.wait(asking)
        timeline, place = max((0 if each.exception() else each.result()[0], -at) for at, each in enumerate(asking))
        if timeline == 0:
            raise _why_none(servers, [each.exception() for each in asking])
        chosen = asking.pop(-place).result()[1]
        _found[url] = servers[-place]
        return chosen
    finally:
        for each in asking:
            each.add_done_callback(_let_go)
            each.cancel()


async def connect_again(url: str, **how: Any) -> "Connection":
    """The same, looking first where the primary was lately."""
    if (server := _found.get(url)) is not None:
        with contextlib.suppress(OSError, asyncpg.PostgresError):
            timeline, connection = await _asked(server, **how)
            if timeline:
                return connection
            connection.terminate()
    return await connect(url, **how)


async def follow(url: str, moved: Callable[[], Awaitable[None]]) -> None:
    """Until stopped: call a function whenever another of the servers has become the primary."""
    known = _found.get(url)
    while True:
        await asyncio.sleep(LOOK_S)
        with contextlib.suppress(OSError, asyncpg.PostgresError):
            (await connect(url)).terminate()
        if _found.get(url) != known:
            known = _found.get(url)
            logger.warning("database.primary_moved", to=place_of(known or ""))
            await moved()


@cache
def servers_of(url: str) -> Sequence[str]:
    """A URL for each of its hosts: `postgresql://one,two:5433/name`, or `?host=one,two&port=5432,5433` (libpq)."""
    parts = urlsplit(url)
    login, at, place = parts.netloc.rpartition("@")
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    hosts, ports = query.get("host", "").split(","), query.get("port", "").split(",")
    places = place.split(",")
    if not place and len(hosts) > 1:
        ports = ports * len(hosts) if len(ports) == 1 else ports
        places = [f"?host={quote(host, safe='')}&port={port}" for host, port in zip(hosts, ports, strict=True)]
    if len(places) == 1:
        return (url,)
    rest = {name: value for name, value in query.items() if name not in ONE_HOST}
    return tuple(_one(parts._replace(query=urlencode(rest)), f"{login}{at}", each) for each in places)


def place_of(url: str) -> str:
    """The host of a server, for the log."""
    parts = urlsplit(url)
    return parts.netloc.rpartition("@")[2] or dict(parse_qsl(parts.query)).get("host", "")


def _one(parts: SplitResult, login: str, place: str) -> str:
    queries = parts.query, ""
    if place.startswith("?"):
        queries, place = (place[1:].removesuffix("&port="), parts.query), ""
    query = "&".join(filter(None, queries))
    return f"{parts.scheme}://{login}{place}{parts.path}{query and '?'}{query}"


async def _asked(server: str, **how: Any) -> "tuple[int, Connection]":
    """A connection to one of the servers, and its timeline; 0: it is a standby."""
    connection = await _connected(server, **{**how, "timeout": SILENT_S})
    try:
        return await connection.fetchval(TIMELINE, timeout=SILENT_S), connection
    except BaseException:
        connection.terminate()
        raise


async def _connected(server: str, **how: Any) -> "Connection":
    connection: Connection = await asyncpg.connect(server, **how)
    transport: asyncio.Transport = connection._transport  # type: ignore[attr-defined]  # noqa: SLF001 (no other way)
    wire = transport.get_extra_info("socket")
    if wire is not None and wire.family != socket.AF_UNIX:  # the loss of its machine would be noticed after minutes
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 3)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 1)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3)
        wire.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, GONE_MS)
    return connection


def _why_none(servers: Sequence[str], causes: Sequence[BaseException | None]) -> BaseException:
    """What a server said is told before what the network says of another."""
    known = [cause for cause in causes if cause is not None]
    refused = [cause for cause in known if isinstance(cause, asyncpg.PostgresError)]
    if len(known) < len(servers) or not known:
        return NoPrimary("none of the servers takes writes: " + ", ".join(map(place_of, servers)))
    return (refused or known)[0]


def _let_go(asked: "asyncio.Task[tuple[int, Connection]]") -> None:
    if not asked.cancelled() and asked.exception() is None:
        asked.result()[1].terminate()
