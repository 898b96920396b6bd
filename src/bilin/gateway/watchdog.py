"""Looks after all connections with one clock: those that never start, that are silent, that do not close."""

from math import ceil

from bilin.gateway import frames
from bilin.gateway.frames import CloseCode
from bilin.gateway.sockets import Socket

START_S = 10.0
CLOSE_S = 5.0
ROUND_S = 20.0
"""In so long each connection is looked at and told the position: whoever hears nothing for 25 s asks (protocol, section
4), and a word to many at once costs a tenth of the question and the answer of each."""
PING_AFTER = 6
"""Rounds without a byte from the client, after which it is asked for one (RFC 6455, section 5.5.2). One that is gone
acknowledges no word either, and TCP tells so earlier."""
GONE_AFTER = 8
"""Rounds without a byte from the client, after which it is gone."""

STUCK_AFTER = 2
"""Rounds in which a message of the client does not end, though bytes come."""


class Watchdog:
    """Call `tick` once a second."""

    def __init__(self) -> None:
        self._connections: dict[Socket, None] = {}
        """In the order they came: so the time between two looks at one is the same."""
        self._starting: dict[Socket, float] = {}
        self._closing: dict[Socket, float] = {}
        self._round: list[Socket] = []
        """Who is still to be looked at, the last first."""
        self._round_at = 0.0
        """When the next one begins."""

    def opened(self, connection: Socket, now: float) -> None:
        """A connection was accepted: it has to start soon."""
        self._connections[connection] = None
        self._starting[connection] = now + START_S

    def started(self, connection: Socket) -> None:
        """It said where it stands."""
        self._starting.pop(connection, None)

    def closing(self, connection: Socket, now: float) -> None:
        """It was told to close: it has a moment to answer."""
        self._closing[connection] = now + CLOSE_S

    def gone(self, connection: Socket) -> None:
        """It is no more."""
        self._connections.pop(connection, None)
        self._starting.pop(connection, None)
        self._closing.pop(connection, None)

    def everybody(self) -> list[Socket]:
        """All connections that were accepted."""
        return list(self._connections)

    def tick(self, now: float, pos: int) -> None:
        """Close, abort, ask; and tell clients the position the log has reached."""
        while self._starting and self._starting[first := next(iter(self._starting))] <= now:
            del self._starting[first]
            _close(first, CloseCode.NO_START)
        while self._closing and self._closing[first := next(iter(self._closing))] <= now:
            del self._closing[first]
            first.abort()
        if now >= self._round_at:
            self._look_at_some(len(self._round), pos)
            self._round, self._round_at = list(reversed(self._connections)), now + ROUND_S
        self._look_at_some(ceil(len(self._round) / max(1.0, self._round_at - now)), pos)

    def _look_at_some(self, count: int, pos: int) -> None:
        """The next of the round: a part with each tick, so that tens of thousands hold nobody up."""
        told = frames.message(t="pos", pos=pos)
        for _ in range(count):
            connection = self._round.pop()
            try:
                if connection in self._connections:
                    self._look_at(connection, told)
            except Exception as mistake:
                connection.give_up(mistake)

    def _look_at(self, connection: Socket, told: bytes) -> None:
        if (
            connection.is_live and not connection.pending
        ):  # what waits for it is behind that position, and tells as well
            connection.write(told)
        connection.silent_rounds = 0 if connection.has_heard else connection.silent_rounds + 1
        if connection.silent_rounds >= GONE_AFTER:
            connection.abort()
        elif connection.silent_rounds >= PING_AFTER:
            connection.push(frames.PING)
        is_stuck = connection.is_midway and not connection.has_finished
        connection.stuck_rounds = connection.stuck_rounds + 1 if is_stuck else 0
        if connection.stuck_rounds >= STUCK_AFTER:
            connection.close(CloseCode.BAD_FRAMES)
        connection.has_heard = connection.has_finished = False


def _close(connection: Socket, code: CloseCode) -> None:
    try:
        connection.close(code)
    except Exception as mistake:
        connection.give_up(mistake)
