"""What the parts of the gateway know of a connection, and of the person who has it. They know nothing of each other."""

import asyncio
from array import array
from bisect import bisect_left
from collections.abc import Coroutine
from typing import Any, Protocol

from bilin.core.commands import Actor
from bilin.core.log.runs import Position
from bilin.gateway.budgets import Second
from bilin.gateway.frames import CloseCode


class Socket(Protocol):
    """One WebSocket connection (`bilin.gateway.connection.SocketConnection`)."""

    actor: Actor | None
    listener: "Listener | None"
    pending: list[bytes]
    """What is written in the next round."""
    replay: "asyncio.Task[None] | None"
    is_live: bool
    """It has everything up to the tail's position, so that new entries are its to get."""
    pos: int
    """While it is not live: the position up to which it was sent everything."""
    run_id: int
    """While it is not live: the run that it has beside the position."""
    is_active: bool
    has_heard: bool
    has_finished: bool
    """A message of the client was completed since the watchdog looked."""
    silent_rounds: int
    stuck_rounds: int
    bad_frames: int
    typed_at: float
    watching: tuple[int, ...]

    @property
    def is_open(self) -> bool:
        """Whether anything that is written can still arrive."""

    @property
    def is_midway(self) -> bool:
        """A message of the client has begun and is not all there."""

    def accept(self, response: bytes) -> None:
        """Answer the upgrade; from here on there are frames."""

    def refuse(self, response: bytes) -> None:
        """Answer the upgrade with something else, and close."""

    def write(self, data: bytes) -> None:
        """Send frames now."""

    def push(self, data: bytes) -> None:
        """Send frames in the next round, together with others."""

    async def drained(self) -> None:
        """Wait until the transport takes more, or the connection is gone."""

    def close(self, code: CloseCode) -> None:
        """Send a close frame after what is on its way."""

    def abort(self) -> None:
        """Give up the connection without another word."""

    def give_up(self, cause: Exception) -> None:
        """Handling it raised what it should not have: it goes, and nobody else is touched."""

    def start_replay(self, position: Position) -> None:
        """Send everything after a position, then what comes."""

    def run(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """A task that ends soon; the server waits for it when it shuts down."""


class Listener:
    """A person who is connected here, with one connection or several."""

    __slots__ = ("budget", "changes", "connections", "id", "number", "topics")

    def __init__(self, person: int, number: int) -> None:
        self.id, self.number = person, number
        """`number`: a small one of this process, by which others refer to them."""
        self.connections: list[Socket] = []
        self.budget = Second()
        self.topics: array[int] | None = None
        """What they follow, but everyone's and their own, ascending; None until somebody looked."""
        self.changes: list[tuple[int, int, bool]] = []
        """(position, topic, follows) of what changed while somebody is looking."""

    def was_looked_up(self) -> bool:
        """Whether somebody looked what they follow."""
        return self.topics is not None

    def follows(self, topic: int) -> bool:
        """Whether they are known to follow a conversation."""
        topics = self.topics or ()
        at = bisect_left(topics, topic)
        return at < len(topics) and topics[at] == topic

    def follow(self, topic: int) -> bool:
        """Begin to follow a conversation; whether they did not."""
        topics = self._known()
        at = bisect_left(topics, topic)
        if at < len(topics) and topics[at] == topic:
            return False
        topics.insert(at, topic)
        return True

    def unfollow(self, topic: int) -> bool:
        """Follow a conversation no more; whether they did."""
        topics = self._known()
        at = bisect_left(topics, topic)
        if at == len(topics) or topics[at] != topic:
            return False
        del topics[at]
        return True

    def _known(self) -> "array[int]":
        if self.topics is None:
            raise RuntimeError("nobody looked what they follow")
        return self.topics
