"""The bus: core NATS. It carries live events and ephemeral facts; it is never the record (PostgreSQL is).

What is published while the bus is away is lost, by design: followers find the hole and read it from the log.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

logger = structlog.get_logger(__name__)

MAX_PAYLOAD_BYTES = 900_000
"""Larger batches are published in parts, so that any NATS server takes them (its default limit is 1 MiB)."""
OPEN_PATIENCE_S = 2.0

Receive = Callable[[bytes], Awaitable[None]]


class Bus:
    """One connection that reconnects for ever. What cannot be published is lost: a hole, and holes are filled."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = Client()
        self._connecting: asyncio.Task[None] | None = None
        self._subscriptions: list[tuple[str, Receive]] = []
        self._is_open = False

    @property
    def is_connected(self) -> bool:
        return self._is_open and self._client.is_connected

    async def open(self) -> None:
        """Connect. After `OPEN_PATIENCE_S` it goes on trying beside the rest: nothing waits for the bus."""
        self._connecting = asyncio.create_task(self._connect(), name="bus")
        done, _ = await asyncio.wait([self._connecting], timeout=OPEN_PATIENCE_S)
        if not done:
            logger.warning("bus.away", hint="Messages arrive up to a second late until NATS answers.")
        elif (cause := self._connecting.exception()) is not None:
            raise cause

    async def close(self) -> None:
        """Flush and close."""
        if self._connecting is not None and not self._connecting.done():
            self._connecting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._connecting
        self._is_open = False
        if not self._client.is_closed:
            try:
                await asyncio.wait_for(self._client.drain(), 2)
            except (TimeoutError, nats.errors.Error):
                await self._client.close()

    async def publish(self, subject: str, payload: bytes) -> bool:
        """Publish at most once. False when the bus is away."""
        if not self.is_connected:
            return False
        try:
            await self._client.publish(subject, payload)
        except (nats.errors.Error, OSError) as cause:
            logger.warning("bus.publish_failed", subject=subject, reason=repr(cause))
            return False
        return True

    async def subscribe(self, subject: str, receive: Receive) -> None:
        """Call `receive` with each payload, one after another; the subscription outlives reconnections.

        While the bus is away it is remembered, and made once the bus is there.
        """
        if self._is_open:
            await self._subscribe(subject, receive)
        else:
            self._subscriptions.append((subject, receive))

    async def _connect(self) -> None:
        await self._client.connect(
            self._url,
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=1,
            ping_interval=5,
            max_outstanding_pings=2,
            pending_size=0,  # nothing published while away is sent later: followers read it from the log in order
            error_cb=_log_error,
        )
        self._is_open = True
        while self._subscriptions:
            await self._subscribe(*self._subscriptions.pop(0))

    async def _subscribe(self, subject: str, receive: Receive) -> None:
        async def on_message(message: Msg) -> None:
            await receive(message.data)

        await self._client.subscribe(subject, cb=on_message, pending_msgs_limit=0, pending_bytes_limit=0)


async def _log_error(cause: Exception) -> None:
    logger.info("bus.error", reason=repr(cause))
