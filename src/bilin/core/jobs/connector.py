"""procrastinate over asyncpg: one connection of its own, which also listens. When it is lost, all begins anew."""

import asyncio
import json
import re
from collections.abc import Iterable
from typing import Any

import asyncpg
from procrastinate.connector import BaseAsyncConnector, Notify
from procrastinate.exceptions import ConnectorException

from bilin.core import database

SCHEMA = "jobs"
PLACE = re.compile(r"%\((\w+)\)s")
FAILED = (asyncpg.PostgresError, *database.CONNECTION_ERRORS, *database.MISUSE_OR_LOSS, OSError)


class AsyncpgConnector(BaseAsyncConnector):
    """What procrastinate asks of a database, with the driver that everything else here uses."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._one_at_a_time = asyncio.Lock()

    async def open_async(self, pool: Any = None) -> None:
        """Connect. Gives up after some seconds: whoever runs this tries again."""
        del pool
        self._connection = await database.connect(self._url, command_timeout_s=30, settings={"search_path": SCHEMA})
        await self._connection.set_type_codec("jsonb", schema="pg_catalog", encoder=json.dumps, decoder=json.loads)

    async def close_async(self) -> None:
        """Let go of the connection."""
        if self._connection is not None:
            connection, self._connection = self._connection, None
            connection.terminate()

    async def fetch(self, query: str, *values: Any) -> list[asyncpg.Record]:
        """Rows of a statement of ours. Raises `ConnectorException`."""
        async with self._one_at_a_time:
            if self._connection is None:
                raise ConnectorException("there is no connection")
            try:
                return await self._connection.fetch(query, *values)
            except FAILED as cause:
                raise ConnectorException(repr(cause)) from cause

    async def execute_query_async(self, query: str, **arguments: Any) -> None:
        """A statement without an answer."""
        await self.execute_query_all_async(query, **arguments)

    async def execute_query_one_async(self, query: str, **arguments: Any) -> dict[str, Any]:
        """The first row."""
        return (await self.execute_query_all_async(query, **arguments))[0]

    async def execute_query_all_async(self, query: str, **arguments: Any) -> list[dict[str, Any]]:
        """All rows."""
        names: list[str] = []

        def numbered(found: "re.Match[str]") -> str:
            if found[1] not in names:
                names.append(found[1])
            return f"${names.index(found[1]) + 1}"

        numbered_query = PLACE.sub(numbered, query)
        return [dict(row) for row in await self.fetch(numbered_query, *(arguments[name] for name in names))]

    async def listen_notify(self, on_notification: Notify, channels: Iterable[str]) -> None:
        """Until the connection is lost."""
        heard: asyncio.Queue[tuple[str, str] | None] = asyncio.Queue()
        connection = self._connection
        if connection is None:
            raise ConnectorException("there is no connection")
        connection.add_termination_listener(lambda _: heard.put_nowait(None))
        async with self._one_at_a_time:
            for channel in channels:
                await connection.add_listener(
                    channel, lambda _, __, channel, payload: heard.put_nowait((channel, str(payload)))
                )
        while (told := await heard.get()) is not None:
            await on_notification(channel=told[0], payload=told[1])
        raise ConnectorException("the database closed the connection")
