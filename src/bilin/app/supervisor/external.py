"""Servers that the company runs itself: waited for, and checked, before anything starts on them."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

import asyncpg

from bilin.app.supervisor.errors import ServerRefused, ServerUnreachable
from bilin.core import database
from bilin.core.backoff import while_away

PATIENCE_S = 60.0
ONE_TRY_S = 5.0
REFUSALS = (
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InvalidCatalogNameError,
    asyncpg.InsufficientPrivilegeError,
    asyncpg.exceptions.ClientConfigurationError,
)
"""What no waiting will change."""
NATS_PORT = 4222


async def check_database(url: str) -> str:
    """Connects once; raises `DatabaseTooOld`. Returns the name of the server with its version."""
    connection = await database.connect(url)
    try:
        return f"PostgreSQL {connection.get_server_version().major}"
    finally:
        await connection.close()


async def check_nats(url: str) -> str:
    """Whether any of the servers in the URL greets as NATS does. Signing in is left to the processes."""
    failed: OSError = ConnectionError("it does not speak NATS")
    for each in url.split(","):
        parts = urlsplit(each.strip())
        if not parts.hostname:
            raise ServerRefused(f"{each!r} is not a NATS address: nats://host:{NATS_PORT} is one.")
        try:
            reader, writer = await asyncio.open_connection(parts.hostname, parts.port or NATS_PORT)
        except OSError as cause:
            failed = cause
            continue
        try:
            if (await reader.readline()).startswith(b"INFO"):
                return "NATS"
        finally:
            writer.close()
    raise failed


def say_nothing(_: str) -> None:
    """For those who wait and have nobody to tell."""


async def wait_for(
    check: Callable[[str], Awaitable[str]],
    url: str,
    patience_s: float = PATIENCE_S,
    tell: Callable[[str], None] = say_nothing,
) -> str:
    """Repeats a check until it succeeds, and tells once why that takes long. After `patience_s`: `ServerUnreachable`
    with the last reason."""
    until, again = time.monotonic() + patience_s, while_away()
    is_told = False
    while True:
        try:
            return await asyncio.wait_for(check(url), ONE_TRY_S)
        except REFUSALS as refused:
            raise ServerRefused(f"{_place(url)}: {refused}") from refused
        except (OSError, TimeoutError, *database.CONNECTION_ERRORS) as failed:
            reason = f"{_place(url)}: {str(failed) or type(failed).__name__}"
            if time.monotonic() > until:
                raise ServerUnreachable(reason) from failed
            if not is_told:
                tell(f"Not there yet, waiting at most {patience_s:.0f} s: {reason}")
                is_told = True
            await again.wait()


def _place(url: str) -> str:
    """The URL without the password in it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname or ''}{parts.path}"
