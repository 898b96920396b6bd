"""One WebSocket connection: what uvicorn hands over on upgrade. It has no task and no timer of its own."""

import asyncio
import socket
from collections.abc import Coroutine
from typing import Any, ClassVar, cast

import structlog
from uvicorn.config import Config
from uvicorn.server import ServerState

from bilin.core.commands import Actor
from bilin.core.log.runs import Position
from bilin.gateway import frames, metrics
from bilin.gateway.budgets import Second
from bilin.gateway.frames import CloseCode, Opcode
from bilin.gateway.hub import Hub
from bilin.gateway.parser import FrameError, FrameParser
from bilin.gateway.sockets import Listener

logger = structlog.get_logger(__name__)

UNACKNOWLEDGED_MS = 45_000
"""As long as clients wait for a word of ours (protocol, section 4)."""


class SocketConnection(asyncio.Protocol):
    """A socket of one session. The hub is told when it opens, when a frame comes, and when it is gone.

    uvicorn's contract (`uvicorn.protocols.http.httptools_impl`, `handle_websocket_upgrade`): it makes an instance with
    the arguments below, calls `connection_made` with the transport of the HTTP connection, then `data_received` once
    with the request, and only then makes it the transport's protocol. While it is among `server_state.connections` the
    server waits for it when it shuts down, having called `shutdown`.
    """

    hub: ClassVar[Hub]

    __slots__ = (
        "_budget",
        "_is_paused",
        "_parser",
        "_server_state",
        "_transport",
        "_writable",
        "actor",
        "bad_frames",
        "has_finished",
        "has_heard",
        "is_active",
        "is_closing",
        "is_live",
        "listener",
        "pending",
        "pos",
        "replay",
        "run_id",
        "silent_rounds",
        "stuck_rounds",
        "typed_at",
        "watching",
    )

    def __init__(self, config: Config, server_state: ServerState, app_state: dict[str, Any]) -> None:
        self._server_state = server_state
        self._transport: asyncio.Transport | None = None
        self._parser: FrameParser | None = None
        self._writable: asyncio.Future[None] | None = None
        self._is_paused = False
        self._budget = Second()
        self.actor: Actor | None = None
        self.listener: Listener | None = None
        self.pending: list[bytes] = []
        """What is written in the next round."""
        self.replay: asyncio.Task[None] | None = None
        self.is_live = False
        """It has everything up to the tail's position, so that new entries are its to get."""
        self.pos = 0
        """While it is not live: the position up to which it was sent everything."""
        self.run_id = 0
        """While it is not live: the run that it has beside the position."""
        self.is_active = True
        self.is_closing = False
        self.has_heard = True
        self.has_finished = True
        """A message of the client was completed since the watchdog looked."""
        self.silent_rounds = self.stuck_rounds = 0
        self.bad_frames = 0
        self.typed_at = 0.0
        self.watching: tuple[int, ...] = ()

    # what uvicorn and the transport call

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._server_state.connections.add(cast("Any", self))

    def data_received(self, data: bytes) -> None:
        self.has_heard = True
        if self._parser is not None:
            self._read(self._parser, data)
        elif self._transport is not None:  # the request; nothing more is read until it is answered
            self._transport.pause_reading()
            self.run(self.hub.admit(self, data))

    def pause_writing(self) -> None:
        self._is_paused = True

    def resume_writing(self) -> None:
        self._is_paused = False
        if self._writable is not None and not self._writable.done():
            self._writable.set_result(None)

    def connection_lost(self, exc: Exception | None) -> None:
        self._server_state.connections.discard(cast("Any", self))
        self._transport = None
        self.is_closing = True
        self.resume_writing()
        self.hub.leave(self)

    def shutdown(self) -> None:
        """The server stops."""
        self.close(CloseCode.RESTART)

    # what the hub calls

    @property
    def is_open(self) -> bool:
        """Whether anything that is written can still arrive."""
        return not self.is_closing

    def accept(self, response: bytes) -> None:
        """Answer the upgrade; from here on there are frames."""
        if self._transport is not None:
            self._parser = FrameParser()
            _give_up_when_nothing_arrives(self._transport)
            self._transport.write(response)
            self._transport.resume_reading()

    def refuse(self, response: bytes) -> None:
        """Answer the upgrade with something else, and close."""
        if self._transport is not None:
            self.is_closing = True
            self._transport.write(response)
            self._transport.close()

    def write(self, data: bytes) -> None:
        """Send frames now. Drops a client that does not keep up: it reconnects and resumes by position."""
        if self.is_closing or self._transport is None:
            return
        if self._is_paused and self._transport.get_write_buffer_size() + len(data) > self.hub.max_buffered_bytes:
            self.close(CloseCode.TOO_SLOW)
            return
        self._transport.write(data)

    def push(self, data: bytes) -> None:
        """Send frames in the next round, together with others."""
        if not self.pending:
            self.hub.will_flush(self)
        self.pending.append(data)

    async def drained(self) -> None:
        """Wait until the transport takes more, or the connection is gone."""
        while self._is_paused and not self.is_closing:
            self._writable = asyncio.get_running_loop().create_future()
            try:
                await self._writable
            finally:
                self._writable = None

    def close(self, code: CloseCode) -> None:
        """Send a close frame after what is on its way, and give the client a moment to answer it."""
        if self.is_closing or self._transport is None:
            return
        self.is_closing = True
        self.resume_writing()
        metrics.closed.labels(int(code)).inc()
        if self._parser is None:
            self._transport.close()
            return
        pending = [] if code == CloseCode.TOO_SLOW else self.pending
        self.pending = []
        self._transport.write(b"".join((*pending, frames.close(code))))
        self.hub.closing(self)

    def abort(self) -> None:
        """Give up the connection without another word."""
        if self._transport is not None:
            self._transport.abort()

    def give_up(self, cause: Exception) -> None:
        """Handling it raised what it should not have: it goes, and resumes by position, and nobody else is touched."""
        logger.error("gateway.connection_broken", exc_info=cause)
        metrics.broken.inc()
        self.is_closing, self.is_live, self.pending = True, False, []
        self.abort()

    def start_replay(self, position: Position) -> None:
        """Send everything after a position, then what comes."""
        if self.replay is not None:
            self.replay.cancel()
        self.is_live = False
        self.run_id, self.pos = position.run, position.pos
        self.pending = []
        self.replay = self.run(self.hub.resume(self))

    def run(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """A task that ends soon; the server waits for it when it shuts down."""
        task: asyncio.Task[None] = asyncio.get_running_loop().create_task(work)
        self._server_state.tasks.add(task)
        task.add_done_callback(self._server_state.tasks.discard)
        return task

    @property
    def is_midway(self) -> bool:
        """A message of the client has begun and is not all there."""
        return self._parser is not None and self._parser.is_midway

    def _read(self, parser: FrameParser, data: bytes) -> None:
        try:
            messages = parser.feed(data)
        except FrameError as broken:
            self.close(broken.code)
            return
        self.has_finished = self.has_finished or bool(messages)
        if not self.is_closing and self.hub.is_flooded(self, self._budget, parser.taken, len(data)):
            self.close(CloseCode.BAD_FRAMES)
        for opcode, payload in messages:
            if opcode == Opcode.CLOSE:
                self._answer_close(payload)
                return
            if self.is_closing:
                continue
            if opcode != Opcode.PONG:
                self.hub.receive(self, self._budget, opcode, payload)

    def _answer_close(self, payload: bytes) -> None:
        if self._transport is None:
            return
        if not self.is_closing:
            self.is_closing = True
            self._transport.write(frames.answer_to_close(payload))
        self._transport.close()


def _give_up_when_nothing_arrives(transport: asyncio.Transport) -> None:
    """The kernel ends the connection when what we said was not acknowledged for so long (RFC 5482), instead of a
    quarter of an hour. Where it cannot, as on macOS, the watchdog finds out."""
    found: socket.socket | None = transport.get_extra_info("socket")
    if found is not None and found.family != socket.AF_UNIX and (option := getattr(socket, "TCP_USER_TIMEOUT", None)):
        found.setsockopt(socket.IPPROTO_TCP, option, UNACKNOWLEDGED_MS)
