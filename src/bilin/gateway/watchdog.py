"""Looks after all connections with one clock: those that never start, that are silent, that do not close."""

from bilin.gateway import frames
from bilin.gateway.frames import CloseCode
from bilin.gateway.sockets import Socket

START_S = 10.0
CLOSE_S = 5.0
ROUND_S = 15.0
PING_AFTER = 2
"""Rounds without a byte from the client, after which it is asked for one (RFC 6455, section 5.5.2)."""
GONE_AFTER = 4
"""Rounds without a byte from the client, after which it is gone."""

STUCK_AFTER = 2
"""Rounds in which a message of the client does not end, though bytes come."""


class Watchdog:
    """Call `tick` once a second."""

    def __init__(self) -> None:
        self._connections: set[Socket] = set()
        self._starting: dict[Socket, float] = {}
        self._closing: dict[Socket, float] = {}
        self._round_at = 0.0

    def opened(self, connection: Socket, now: float) -> None:
        """A connection was accepted: it has to start soon."""
        self._connections.add(connection)
        self._starting[connection] = now + START_S

    def started(self, connection: Socket) -> None:
        """It said where it stands."""
        self._starting.pop(connection, None)

    def closing(self, connection: Socket, now: float) -> None:
        """It was told to close: it has a moment to answer."""
        self._closing[connection] = now + CLOSE_S

    def gone(self, connection: Socket) -> None:
        """It is no more."""
        self._connections.discard(connection)
        self._starting.pop(connection, None)
        self._closing.pop(connection, None)

    def everybody(self) -> list[Socket]:
        """All connections that were accepted."""
        return list(self._connections)

    def tick(self, now: float, pos: int) -> None:
        """Close, abort, ask; and tell silent clients the position the log has reached."""
        while self._starting and self._starting[first := next(iter(self._starting))] <= now:
            del self._starting[first]
            _close(first, CloseCode.NO_START)
        while self._closing and self._closing[first := next(iter(self._closing))] <= now:
            del self._closing[first]
            first.abort()
        if now >= self._round_at:
            self._round_at = now + ROUND_S
            self._go_round(pos)

    def _go_round(self, pos: int) -> None:
        told = frames.message(t="pos", pos=pos)
        for connection in list(self._connections):
            try:
                self._look_at(connection, pos, told)
            except Exception as mistake:
                connection.give_up(mistake)

    def _look_at(self, connection: Socket, pos: int, told: bytes) -> None:
        connection.silent_rounds = 0 if connection.has_heard else connection.silent_rounds + 1
        if connection.silent_rounds >= GONE_AFTER:
            connection.abort()
        elif connection.silent_rounds >= PING_AFTER:
            connection.push(frames.PING)
        if connection.is_live and not connection.has_spoken and connection.pos != pos:
            connection.pos = pos
            connection.push(told)
        is_stuck = connection.is_midway and not connection.has_finished
        connection.stuck_rounds = connection.stuck_rounds + 1 if is_stuck else 0
        if connection.stuck_rounds >= STUCK_AFTER:
            connection.close(CloseCode.BAD_FRAMES)
        connection.has_heard = connection.has_spoken = connection.has_finished = False


def _close(connection: Socket, code: CloseCode) -> None:
    try:
        connection.close(code)
    except Exception as mistake:
        connection.give_up(mistake)
