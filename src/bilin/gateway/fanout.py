"""Live delivery: each entry of the tail is one frame, made once, to every connection that follows one of its topics."""

import asyncio
from collections.abc import Iterable, Sequence

from bilin.core.log import Entry
from bilin.gateway import frames, metrics
from bilin.gateway.audience import Audience
from bilin.gateway.ended_sessions import EndedSessions
from bilin.gateway.frames import CloseCode
from bilin.gateway.recent import Recent
from bilin.gateway.sockets import Listener, Socket

PACE_S = 0.008
"""Least time between two rounds of writes. A write costs more than everything else about a delivery; in a quiet hour a
frame leaves at once, in a busy room a few leave together."""


class Fanout:
    """Listens to the tail. The frames that a round has for a connection leave in one write."""

    def __init__(self, audience: Audience, recent: Recent, ended_sessions: EndedSessions) -> None:
        self._audience, self._recent, self._ended_sessions = audience, recent, ended_sessions
        self._waiting: list[Socket] = []
        self._flushed_at = 0.0

    def deliver(self, entries: Sequence[Entry]) -> None:
        """Take a batch: subscriptions that an entry begins before it is delivered, those that it ends after."""
        run: list[bytes] = []
        topics: tuple[int, ...] = ()
        for entry in entries:
            wire = self._recent.add(entry).wire
            changes = bool(entry.subscribes or entry.unsubscribes) or self._ended_sessions.is_ending(entry)
            if run and (changes or entry.topics != topics):
                self._send(topics, run)
                run = []
            if changes:
                self._deliver_change(entry, wire)
            else:
                topics = entry.topics
                run.append(wire)
        if run:
            self._send(topics, run)

    def send_to(self, listeners: Iterable[Listener], data: bytes, but: int = 0) -> None:
        """A frame that is not in the log, to the live connections of some people but one."""
        for listener in listeners:
            if listener.id != but:
                for connection in listener.connections:
                    if connection.is_live:
                        connection.push(data)

    def will_flush(self, connection: Socket) -> None:
        """A connection has its first frame of this round."""
        if not self._waiting:
            loop = asyncio.get_running_loop()
            loop.call_later(max(0.0, self._flushed_at + PACE_S - loop.time()), self._flush)
        self._waiting.append(connection)

    def _deliver_change(self, entry: Entry, wire: bytes) -> None:
        self._audience.change(entry.pos, entry.subscribes, follows=True)
        self._send(entry.topics, [wire])
        self._audience.change(entry.pos, entry.unsubscribes, follows=False)
        if self._ended_sessions.is_ending(entry):
            person, session = self._ended_sessions.note(entry)
            listener = self._audience.people.get(person)
            for connection in list(listener.connections) if listener is not None else ():
                if connection.actor is not None and session in (None, connection.actor.session):
                    connection.close(CloseCode.SESSION_ENDED)

    def _send(self, topics: Sequence[int], run: list[bytes]) -> None:
        """Entries that follow each other and have the same audience travel as one piece."""
        data = run[0] if len(run) == 1 else b"".join(run)
        reached = 0
        for listener in self._audience.of(topics):
            for connection in listener.connections:
                if connection.is_live:
                    reached += 1
                    if not connection.pending:
                        self.will_flush(connection)
                    connection.pending.append(data)
        if reached:
            metrics.deliveries.inc(reached * len(run))

    def _flush(self) -> None:
        """Write what waits. Neighbours of one room have the same pieces: they share the joined bytes.

        Each connection stands for itself: one that cannot be written to must not leave those behind it silent.
        """
        self._flushed_at = asyncio.get_running_loop().time()
        waiting, self._waiting = self._waiting, []
        previous: list[bytes] = []
        data = b""
        for connection in waiting:
            pending = connection.pending
            if not pending:
                continue
            connection.pending = []
            if pending != previous:
                data = pending[0] if len(pending) == 1 else b"".join(pending)
                previous = pending
            try:
                connection.write(data)
            except Exception as mistake:
                connection.give_up(mistake)


def error_frame(code: str, hint: str) -> bytes:
    """A frame of the client was refused."""
    return frames.message(t="error", code=code, hint=hint)
