"""The hub of this process: where the tail, the connections, presence and typing come together."""

import asyncio
import secrets
from collections.abc import Callable, Sequence
from time import monotonic
from typing import Any

import msgspec
import structlog

from bilin import __version__
from bilin.core import telemetry
from bilin.core.budgets import SOCKET_POINTS
from bilin.core.commands import Actor
from bilin.core.database import reading
from bilin.core.described import problem_of
from bilin.core.errors import BilinError, TooMany, Unavailable
from bilin.core.log import Entry
from bilin.core.log.runs import Position
from bilin.core.log.store import read_entries
from bilin.core.rate_limit import RateLimit
from bilin.core.site import Site
from bilin.gateway import frames, metrics
from bilin.gateway.audience import Audience
from bilin.gateway.budgets import (
    FLOOD_BYTES_PER_S,
    FLOOD_PER_S,
    FRAMES_PER_S,
    PERSON_FLOOD_PER_S,
    PERSON_FRAMES_PER_S,
    PERSON_STARTS,
    STARTS,
    Second,
)
from bilin.gateway.ended_sessions import EndedSessions
from bilin.gateway.errors import TooManySockets
from bilin.gateway.fanout import Fanout, error_frame
from bilin.gateway.frames import CloseCode, Opcode
from bilin.gateway.handshake import UpgradeAnswer, handshake, refusal
from bilin.gateway.inbound import Active, Ping, Start, Typing, Watch, decode
from bilin.gateway.lines import SiteStates
from bilin.gateway.presence import Presence
from bilin.gateway.presence_exchange import PresenceExchange
from bilin.gateway.recent import Recent
from bilin.gateway.replay import Replay
from bilin.gateway.revalidation import Revalidation
from bilin.gateway.settings import GatewaySettings
from bilin.gateway.sockets import Socket
from bilin.gateway.typists import Typists
from bilin.gateway.watchdog import Watchdog
from bilin.identity import NotSignedIn, overdue_sessions

logger = structlog.get_logger(__name__)

PRELOAD = 5_000
PAGE = 500
TICK_S = 1.0
SESSIONS_S = 60.0
MAX_BAD_FRAMES = 5
TOO_MANY_FRAMES = "Send fewer frames; this one and its followers were ignored."
ADMIT_ATTEMPTS = 5
TYPING_S = 1.0


class Hub:
    """Owns the connections of this process."""

    def __init__(self, site: Site) -> None:
        settings = site.settings[GatewaySettings]
        gateway = secrets.randbits(62)
        self._site = site
        self.max_buffered_bytes = settings.buffer_kib * 1024
        self._audience, self._ended_sessions, self._watchdog = Audience(), EndedSessions(), Watchdog()
        self._run_id = site.tail.run_id
        self._recent = Recent(site.tail.pos, settings.recent_events, settings.recent_mib * 1024 * 1024)
        self._fanout = Fanout(self._audience, self._recent, self._ended_sessions)
        self._revalidation = Revalidation(site, self._audience)
        self._lines = SiteStates(site, self._audience, self._fanout)
        self._replay = Replay(
            site, self._audience, self._recent, settings.resume_max_events, __version__, self._lines.greet
        )
        self._presence = Presence(site, gateway)
        self._typists = Typists(site, gateway, self._audience, self._fanout)
        self._presence_exchange = PresenceExchange(site, gateway, self._presence, self._typists)
        self._starts = RateLimit[int](STARTS)
        self._person_starts = RateLimit[int](PERSON_STARTS)
        self._person_starts.share(site.charges, "socket starts", int)
        self._most_of_session, self._most_of_person = settings.sockets_per_session, settings.sockets_per_person
        self.will_flush = self._fanout.will_flush
        self._handlers: dict[type, Callable[[Socket, Any], None]] = {
            Start: self._start,
            Typing: self._typing,
            Watch: self._watch,
            Active: self._active,
            Ping: self._ping,
        }

    async def start(self) -> None:
        """Listen to the log and the bus; take the latest of the log into memory, for clients that come back."""
        for listener in (self._tell_run, self._fanout.deliver, self._revalidation.hear):
            self._site.tail.listen(listener, self._start_over)
        await self._presence.start()
        await self._typists.start()
        self._lines.start()
        self._presence_exchange.start()
        try:
            await self._preload()
        finally:
            self._recent.filled()

    async def run(self) -> None:
        """Look after the connections, for ever."""
        while True:
            self._watchdog.tick(monotonic(), self._site.tail.pos)
            self._audience.tick(monotonic())
            await asyncio.sleep(TICK_S)

    async def run_presence(self) -> None:
        """Tell who comes and goes, for ever."""
        try:
            await self._presence.run()
        finally:
            await self._presence.stop()

    async def run_sessions(self) -> None:
        """Close the connections whose sessions ended by time, for ever: an open socket is no use of them."""
        while True:
            await asyncio.sleep(SESSIONS_S)
            connections = self._watchdog.everybody()
            actors = [each.actor for each in connections if each.actor is not None]
            try:
                ended = await overdue_sessions(self._site, actors)
            except Unavailable:
                continue
            for connection in connections:
                if connection.actor is not None and connection.actor.session in ended:
                    connection.close(CloseCode.SESSION_ENDED)

    async def run_lines(self) -> None:
        """Tell how this site stands towards the others, for ever."""
        await self._lines.run()

    async def run_presence_exchange(self) -> None:
        """Pass presence on to other sites, for ever."""
        try:
            await self._presence_exchange.run()
        finally:
            await self._presence_exchange.stop()

    # what connections call

    async def admit(self, connection: Socket, request: bytes) -> None:
        """Answer an upgrade."""
        try:
            answer = await self._answer(request)
            if answer.actor is None:
                connection.refuse(answer.response)
            elif (problem := self._why_not(answer.actor)) is not None:
                metrics.refused.inc()
                connection.refuse(refusal(problem).response)
            elif connection.is_open:
                self._let_in(connection, answer.response, answer.actor)
        except Exception as mistake:
            connection.give_up(mistake)

    async def _answer(self, request: bytes) -> UpgradeAnswer:
        """Who they are, while nothing ended that is not known any more: else they are asked again."""
        for _ in range(ADMIT_ATTEMPTS):
            pos = self._site.tail.pos
            answer = await handshake(self._site, request)
            if answer.actor is None:
                return answer
            if self._ended_sessions.has_ended(answer.actor, pos):
                return refusal(NotSignedIn())
            if self._ended_sessions.knows_since(pos):
                return self._charged(answer, answer.actor)
        return refusal(Unavailable("many sessions are ending at this moment"))

    def _charged(self, answer: UpgradeAnswer, actor: Actor) -> UpgradeAnswer:
        try:
            self._site.budget.charge(actor.person, SOCKET_POINTS, is_program=answer.is_program)
        except TooMany as cause:
            return refusal(cause)
        return answer

    def _why_not(self, actor: Actor) -> BilinError | None:
        """Whether they have as many sockets as they may.

        The newest is refused: were the oldest closed, two clients of a full session would take turns for ever.
        """
        listener = self._audience.people.get(int(actor.person))
        sockets = [each.actor for each in listener.connections if each.is_open] if listener is not None else []
        of_session = sum(each is not None and each.session == actor.session for each in sockets)
        of_person = len(sockets) + self._presence.sockets_elsewhere(int(actor.person))
        is_full = of_person >= self._most_of_person or of_session >= self._most_of_session
        return TooManySockets() if is_full else None

    def _let_in(self, connection: Socket, response: bytes, actor: Actor) -> None:
        connection.actor = actor
        connection.listener = self._audience.enter(connection, int(actor.person))
        telemetry.sockets_open.inc()
        connection.accept(response)
        self._watchdog.opened(connection, monotonic())
        self._update_presence(connection)

    def is_flooded(self, connection: Socket, budget: Second, frames: int, size: int) -> bool:
        """Count what came from a client; whether it is more than any client that means well sends."""
        second, listener = int(monotonic()), connection.listener
        budget.turn(second)
        budget.frames += frames
        budget.size += size
        of_person = 0
        if listener is not None:
            listener.budget.turn(second)
            listener.budget.frames += frames
            of_person = listener.budget.frames
        return budget.frames > FLOOD_PER_S or budget.size > FLOOD_BYTES_PER_S or of_person > PERSON_FLOOD_PER_S

    def receive(self, connection: Socket, budget: Second, opcode: int, payload: bytes) -> None:
        """A message or ping from a client."""
        person = connection.listener.budget if connection.listener is not None else budget
        budget.messages += 1
        person.messages += person is not budget
        if budget.messages > FRAMES_PER_S or person.messages > PERSON_FRAMES_PER_S:
            if budget.messages == FRAMES_PER_S + 1 or person.messages == PERSON_FRAMES_PER_S + 1:
                connection.push(error_frame("core.too_many", TOO_MANY_FRAMES))
        elif opcode == Opcode.PING:
            connection.push(frames.frame(Opcode.PONG, payload))
        else:
            self._dispatch(connection, opcode, payload)

    async def resume(self, connection: Socket) -> None:
        """Bring a connection from its position to the present."""
        if connection.listener is not None:
            await self._replay.run(connection, connection.listener)

    def closing(self, connection: Socket) -> None:
        """A connection was told to close: nothing is sent to it any more."""
        connection.is_live = False
        self._watchdog.closing(connection, monotonic())

    def leave(self, connection: Socket) -> None:
        """A connection is gone."""
        listener = connection.listener
        if listener is None:
            return
        connection.listener = None
        connection.is_live = False
        if connection.replay is not None:
            connection.replay.cancel()
        self._watchdog.gone(connection)
        self._starts.forget(id(connection))
        self._presence.forget(connection)
        self._audience.leave(connection, listener, monotonic())
        now = self._audience.people.get(listener.id)
        self._presence.update(listener.id, now.connections if now is not None else (), monotonic())
        telemetry.sockets_open.dec()

    def _dispatch(self, connection: Socket, opcode: int, payload: bytes) -> None:
        if opcode != Opcode.TEXT:
            self._refuse(connection, "Only text frames, please.")
            return
        try:
            frame = decode(payload)
        except msgspec.DecodeError as cause:
            self._refuse(connection, problem_of(cause))
            return
        self._handlers[type(frame)](connection, frame)

    def _refuse(self, connection: Socket, reason: str) -> None:
        connection.bad_frames += 1
        connection.push(error_frame("gateway.bad_frame", reason))
        if connection.bad_frames >= MAX_BAD_FRAMES:
            connection.close(CloseCode.BAD_FRAMES)

    def _start(self, connection: Socket, frame: Start) -> None:
        person = connection.listener.id if connection.listener is not None else 0
        if self._starts.use(id(connection)) or self._person_starts.use(person):
            connection.close(CloseCode.BAD_FRAMES)
            return
        self._watchdog.started(connection)
        connection.start_replay(Position(frame.run, frame.pos))

    def _typing(self, connection: Socket, frame: Typing) -> None:
        now = monotonic()
        if connection.is_live and connection.listener is not None and now - connection.typed_at >= TYPING_S:
            connection.typed_at = now
            connection.run(self._typists.type(connection.listener, int(frame.conversation)))

    def _watch(self, connection: Socket, frame: Watch) -> None:
        self._presence.watch(connection, tuple(map(int, frame.people)))

    def _active(self, connection: Socket, frame: Active) -> None:
        connection.is_active = frame.active
        self._update_presence(connection)

    def _ping(self, connection: Socket, _: Ping) -> None:
        pos = self._site.tail.pos if connection.is_live else connection.pos
        connection.push(frames.message(t="pong", pos=pos))

    def _update_presence(self, connection: Socket) -> None:
        listener = connection.listener
        if listener is not None:
            self._presence.update(listener.id, listener.connections, monotonic())

    def _tell_run(self, entries: Sequence[Entry]) -> None:
        """Entries of another run come: whoever gets them must have it beside the position by then."""
        run = self._site.tail.run_id
        if run != self._run_id:
            self._run_id = run
            self._fanout.send_to(self._audience.people.values(), frames.position(entries[0].pos - 1, run))

    def _start_over(self) -> None:
        """Entries were missed here: everybody reconnects, and resumes by position from what the log has."""
        self._audience.forget()
        self._recent.forget(self._site.tail.pos)
        self._ended_sessions.forget(self._site.tail.pos)
        for connection in self._watchdog.everybody():
            try:
                connection.close(CloseCode.RESTART)
            except Exception as mistake:
                connection.give_up(mistake)

    async def _preload(self) -> None:
        first = end = self._recent.after
        async with reading(self._site.pool) as db:
            while end > max(0, first - PRELOAD):
                after = max(0, end - PAGE)
                entries = await read_entries(db, self._site.keys, after, end)
                if not self._recent.put_before(entries, after):
                    return
                end = after
