"""The bus: core NATS. It carries live events and ephemeral facts; it is never the record (PostgreSQL is).

What is published while the bus is away is lost, by design: followers find the hole and read it from the log.
"""

import asyncio
from collections.abc import Awaitable, Callable

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg

logger = structlog.get_logger(__name__)

MAX_PAYLOAD_BYTES = 900_000
"""Larger batches are published in parts, so that any NATS server takes them (its default limit is 1 MiB)."""


class Bus:
    """One connection that reconnects for ever. What cannot be published is lost: a hole, and holes are filled."""

    def __init__(self, url: str) -> None:
        self._url = url
        self._client = Client()

    @property
    def is_connected(self) -> bool:
        return self._client.is_connected

    async def open(self) -> None:
        """Connect; keeps trying until it succeeds."""
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

    async def close(self) -> None:
        """Flush and close."""
        if not self._client.is_closed:
            try:
                await asyncio.wait_for(self._client.drain(), 2)
            except (TimeoutError, nats.errors.Error):
                await self._client.close()

    async def publish(self, subject: str, payload: bytes) -> bool:
        """Publish at most once. False when the bus is away."""
        if not self._client.is_connected:
            return False
        try:
            await self._client.publish(subject, payload)
        except (nats.errors.Error, OSError) as cause:
            logger.warning("bus.publish_failed", subject=subject, reason=repr(cause))
            return False
        return True

    async def subscribe(self, subject: str, receive: Callable[[bytes], Awaitable[None]]) -> None:
        """Call `receive` with each payload, one after another; the subscription outlives reconnections."""

        async def on_message(message: Msg) -> None:
            await receive(message.data)

        await self._client.subscribe(subject, cb=on_message, pending_msgs_limit=0, pending_bytes_limit=0)


async def _log_error(cause: Exception) -> None:
    logger.info("bus.error", reason=repr(cause))
