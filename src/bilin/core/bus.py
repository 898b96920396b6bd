"""The bus: core NATS. It carries live events and ephemeral facts; it is never the record (PostgreSQL is).

What is published while the bus is away is lost, by design: followers find the hole and read it from the log. A question
(`request`) is answered at most once, or fails with `NoAnswer`: who asks decides whether to ask again.
"""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable
from time import monotonic

import nats
import structlog
from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription

from bilin.core.backoff import while_away
from bilin.core.errors import Unavailable
from bilin.core.waiting import heeding_cancellation

logger = structlog.get_logger(__name__)

MAX_PAYLOAD_BYTES = 900_000
"""Larger batches are published in parts, so that any NATS server takes them (its default limit is 1 MiB)."""
OPEN_PATIENCE_S = 2.0
RECONNECT_S = 0.1, 0.2
"""Between two tries of the same server, each process its own: they do not all come at once."""
SAME_ERROR_S = 60.0
"""So long an error that comes again and again is not written down again."""
MAX_ANSWERING = 16
"""Questions on one subject that are answered at the same time; further ones wait."""
FAILED = {"Nats-Service-Error-Code": "500", "Nats-Service-Error": "the answering side failed"}
"""Headers of an answer that is none, as in the service API of NATS (ADR-32)."""

Receive = Callable[[bytes], Awaitable[None]]
ReceiveAny = Callable[[str, bytes], Awaitable[None]]
Answer = Callable[[str, bytes], Awaitable[bytes]]
OnMessage = Callable[[Msg], Awaitable[None]]


class NoAnswer(Unavailable):
    """A question on the bus found nobody, took too long, or failed where it was to be answered."""

    code = "core.no_answer"
    title = "Another part of the system does not answer"
    hint = "Send the same request again in a moment."


class NobodyThere(NoAnswer):
    """Nobody listens, or the bus is away: the question reached nobody."""


class Listening:
    """Messages on a subject are taken until `stop`."""

    def __init__(self, stop: Callable[[], Awaitable[None]]) -> None:
        self.stop = stop


class _Client(Client):
    """To an address with `tls://` it says nothing, its password least of all, before the line is encrypted: the driver
    leaves that to the server."""

    def _connect_command(self) -> bytes:
        server = self._current_server
        if server is not None and server.uri.scheme == "tls" and not self._server_info.get("tls_required"):
            raise nats.errors.SecureConnWantedError
        return super()._connect_command()


class Bus:
    """One connection that reconnects for ever. What cannot be published is lost: a hole, and holes are filled."""

    def __init__(self, url: str, inbox_prefix: str = "_INBOX") -> None:
        """`url`: of one server, or of all servers of a cluster with commas between. Answers to questions come to
        subjects that begin with `inbox_prefix`."""
        self._url, self._inbox_prefix = url, inbox_prefix
        self._client = _Client()
        self._connecting: asyncio.Task[None] | None = None
        self._subscriptions: list[tuple[str, OnMessage]] = []
        self._made: dict[tuple[str, OnMessage], Subscription] = {}
        self._answering: set[asyncio.Task[None]] = set()
        self._is_open = False
        self._errors: dict[str, float] = {}
        self._on_return: list[Callable[[], Awaitable[None]]] = []

    @property
    def is_connected(self) -> bool:
        return self._is_open and self._client.is_connected

    def on_return(self, call: Callable[[], Awaitable[None]]) -> None:
        """Call a function whenever the bus was away and is there again: what was said meanwhile is lost."""
        self._on_return.append(call)

    async def open(self) -> None:
        """Connect. After `OPEN_PATIENCE_S` it goes on trying beside the rest: nothing waits for the bus."""
        first = asyncio.create_task(self._connect(), name="bus")
        self._connecting = first
        done, _ = await asyncio.wait([first], timeout=OPEN_PATIENCE_S)
        if not done:
            logger.warning("bus.away", hint="Messages arrive up to a second late until NATS answers.")
            self._connecting = asyncio.create_task(self._go_on_connecting(first), name="bus")
        elif (cause := first.exception()) is not None:
            raise cause

    async def close(self) -> None:
        """Flush and close."""
        if self._connecting is not None and not self._connecting.done():
            self._connecting.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._connecting
        self._is_open = False
        for answering in self._answering:
            answering.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
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

    async def subscribe(self, subject: str, receive: Receive) -> Listening:
        """Call `receive` with each payload, one after another; the subscription outlives reconnections.

        While the bus is away it is remembered, and made once the bus is there.
        """

        async def on_message(message: Msg) -> None:
            await receive(message.data)

        await self._subscribe(subject, on_message)
        return Listening(lambda: self._unsubscribe(subject, on_message))

    async def subscribe_any(self, pattern: str, receive: ReceiveAny) -> None:
        """`subscribe` to all subjects of a pattern (`*` one part, `>` the rest): `receive` is given the subject too."""

        async def on_message(message: Msg) -> None:
            await receive(message.subject, message.data)

        await self._subscribe(pattern, on_message)

    async def request(self, subject: str, payload: bytes, timeout_s: float) -> bytes:
        """Ask a question. Raises `NobodyThere` at once when nobody listens or the bus is away, else `NoAnswer` after
        the time."""
        if not self.is_connected:
            raise NobodyThere("the bus is away")
        try:
            message = await heeding_cancellation(self._client.request(subject, payload, timeout=timeout_s))
        except nats.errors.NoRespondersError as cause:
            raise NobodyThere("nobody is there to answer") from cause
        except (nats.errors.Error, OSError) as cause:
            raise NoAnswer(f"no answer came: {type(cause).__name__}") from cause
        if message.headers and "Nats-Service-Error" in message.headers:
            raise NoAnswer(message.headers["Nats-Service-Error"])
        return message.data

    async def answer(self, pattern: str, answer: Answer, at_once: int | None = None) -> Listening:
        """Answer the questions on a subject, or on all of a pattern, some at a time.

        `answer` is given the subject and the question. When it raises, whoever asked is told so.
        """
        places = asyncio.Semaphore(at_once or MAX_ANSWERING)

        async def on_message(message: Msg) -> None:
            await places.acquire()
            task = asyncio.create_task(self._answer(message, answer), name=f"answer {message.subject}")
            self._answering.add(task)
            task.add_done_callback(self._answering.discard)
            task.add_done_callback(lambda _: places.release())

        await self._subscribe(pattern, on_message)
        return Listening(lambda: self._unsubscribe(pattern, on_message))

    async def _answer(self, message: Msg, answer: Answer) -> None:
        if not message.reply:
            return
        headers = None
        try:
            data = await answer(message.subject, message.data)
        except Exception:
            logger.exception("bus.answer_failed", subject=message.subject)
            data, headers = b"", FAILED
        try:
            await self._client.publish(message.reply, data, headers=headers)
        except (nats.errors.Error, OSError) as cause:
            logger.warning("bus.answer_lost", subject=message.subject, reason=repr(cause))

    async def _go_on_connecting(self, trying: "asyncio.Task[None]") -> None:
        """What fails while nobody waits for it any more is tried again: else the bus would be away for good."""
        again = while_away()
        while True:
            try:
                await trying
            except (nats.errors.Error, OSError) as cause:
                logger.warning("bus.connecting_failed", reason=repr(cause))
                await again.wait()
                trying = asyncio.create_task(self._connect(), name="bus")
            else:
                return

    async def _connect(self) -> None:
        await self._client.connect(
            [each.strip() for each in self._url.split(",")],
            allow_reconnect=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=random.uniform(*RECONNECT_S),  # type: ignore[arg-type]  # noqa: S311 (guards nothing)
            reconnected_cb=self._returned,
            ping_interval=5,
            max_outstanding_pings=2,
            inbox_prefix=self._inbox_prefix,
            pending_size=0,  # nothing published while away is sent later: followers read it from the log in order
            error_cb=self._log_error,
        )
        self._is_open = True
        while self._subscriptions:
            await self._subscribe(*self._subscriptions.pop(0))

    async def _returned(self) -> None:
        for call in self._on_return:
            await call()

    async def _subscribe(self, subject: str, on_message: OnMessage) -> None:
        if self._is_open:
            made = await self._client.subscribe(subject, cb=on_message, pending_msgs_limit=0, pending_bytes_limit=0)
            self._made[subject, on_message] = made
        else:
            self._subscriptions.append((subject, on_message))

    async def _unsubscribe(self, subject: str, on_message: OnMessage) -> None:
        if (subject, on_message) in self._subscriptions:
            self._subscriptions.remove((subject, on_message))
        if (made := self._made.pop((subject, on_message), None)) is not None:
            with contextlib.suppress(nats.errors.Error, OSError):
                await made.unsubscribe()

    async def _log_error(self, cause: Exception) -> None:
        reason, now = repr(cause), monotonic()
        if now - self._errors.get(reason, -SAME_ERROR_S) >= SAME_ERROR_S:
            self._errors = {reason: now}
            logger.info("bus.error", reason=reason)
