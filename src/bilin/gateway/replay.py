"""Resuming: everything of a person's after a position, then live, with nothing lost, doubled or out of order.

The rule: **an entry is replayed when the person may see it now, and was not away when it happened.**

- *May see it now*: it has a topic that the person follows at this moment (their own and everyone's included). Somebody
  removed from a conversation gets nothing of it any more, not even what happened before the removal; the removal itself
  carries the person's own topic (`entry_of` sees to that), so it comes, and the client drops the conversation.
- *Was not away*: after a replayed entry that unsubscribes the person from a topic, that topic is silent until an entry
  that subscribes them to it again. Who left and came back gets what was before and after, not what was between.
- Somebody who joined gets entries from before they joined: a member may read the history anyway, and two additions of
  the same person then cannot hide what was between them.

Entries from other sites come late, and who is in is decided by the highest id, not by the order here: a removal may
come after the addition that outdid it. So what such an entry begins and ends is not what it speaks of but what was so
when it was committed, or when it was read from the log (`store.settled_entries`). The rule holds with that:

- *Nobody outside is shown anything*: whether a topic is followed is asked of the tables, never of entries. An addition
  that is outdated does not even reach the person it speaks of.
- *Nobody inside misses anything*: "away" begins with an entry of this site, which is the latest of all by its id, or
  with one whose person was outside when it was committed or read. What lets the person in after that comes later in
  the log, and says so in the same way; so no topic that is followed now stays silent after the entry that began it.
- Read from the log, entries say what is so *now*. Between a removal and a return that were read together, a person may
  get what happened while they were away; they may read it anyway.

Where somebody resumes is a run and a position (decision 0016): what the log does not have, as it is now, it never
gives anything after. A client has the run of what it is sent beside its position before it is sent it.

The hand-over: the connection goes live in the same step of the loop in which its cursor meets the tail's position.
"""

import asyncio
from collections.abc import Callable, Sequence
from itertools import islice
from typing import Literal, TypeVar

import structlog

from bilin.core.backoff import while_away
from bilin.core.database import reading, snapshot
from bilin.core.errors import Unavailable
from bilin.core.events import EVERYONE
from bilin.core.ids import PersonId
from bilin.core.log import Entry
from bilin.core.log.runs import Position
from bilin.core.log.store import read_for
from bilin.core.site import Site
from bilin.gateway import frames, metrics
from bilin.gateway.audience import Audience
from bilin.gateway.frames import CloseCode
from bilin.gateway.items import Item
from bilin.gateway.positions import Positions
from bilin.gateway.recent import Recent
from bilin.gateway.sockets import Listener, Socket

logger = structlog.get_logger(__name__)

PAGE = 500
CHUNK_BYTES = 131_072
READERS = 4
"""Clients that may read the log at the same time, so that requests find free connections beside them."""
TOGETHER = 25
"""People of whom it is looked in one snapshot what they follow."""
AHEAD_S = 3.0


AnyEntry = TypeVar("AnyEntry", Entry, Item)


class Replay:
    """Resumes connections."""

    def __init__(
        self,
        site: Site,
        audience: Audience,
        recent: Recent,
        max_events: int,
        version: str,
        greet: Callable[[Socket], None],
    ) -> None:
        """`greet` is told of every connection that is live from now on."""
        self._site, self._audience, self._recent, self._max_events = site, audience, recent, max_events
        self._version, self._greet = version, greet
        self._readers = asyncio.Semaphore(READERS)
        self._waiting: dict[Listener, None] = {}
        """Of whom nobody has begun to look what they follow."""
        self._looking: dict[Listener, asyncio.Event] = {}
        """Of whom somebody looks: set when that is over, however it ended."""
        self._positions = Positions(site)

    async def run(self, connection: Socket, listener: Listener) -> None:
        """Resume one connection from its position. Retries while the database is away."""
        again = while_away()
        while connection.is_open:
            try:
                if (reason := await self._why_not(connection)) is not None:
                    metrics.resyncs.labels(reason).inc()
                    connection.push(frames.message(t="resync", reason=reason))
                    return
                await self._look_up(listener)
                await self._catch_up(connection, listener)
            except Unavailable:
                await again.wait()
            except Exception:
                logger.exception("gateway.replay_failed", pos=connection.pos)
                connection.close(CloseCode.INTERNAL_ERROR)
            else:
                return

    async def _why_not(self, connection: Socket) -> Literal["unknown_position", "too_far"] | None:
        """Why the client has to fetch everything anew; None when it can go on from where it stands."""
        tail = self._site.tail
        if not await self._positions.have(Position(connection.run_id, connection.pos)):
            return "unknown_position"
        if not await tail.reached(connection.pos, AHEAD_S):
            raise Unavailable("the live stream is behind")
        return "too_far" if tail.pos - connection.pos > self._max_events else None

    async def _look_up(self, listener: Listener) -> None:
        """What the person follows; once for all connections of theirs. Whoever has a turn looks for others who wait for
        one, too: when everybody comes back, most find it done, or wait for who is at it."""
        try:
            while not listener.was_looked_up():
                if (looking := self._looking.get(listener)) is not None:
                    await looking.wait()
                    continue
                self._waiting[listener] = None
                async with self._readers:
                    if not listener.was_looked_up() and listener not in self._looking:
                        await self._look_up_with(listener)
        finally:
            self._waiting.pop(listener, None)

    async def _look_up_with(self, listener: Listener) -> None:
        together = [listener, *islice((each for each in self._waiting if each is not listener), TOGETHER - 1)]
        looking = asyncio.Event()
        for each in together:
            self._waiting.pop(each, None)
            self._looking[each] = looking
        try:
            async with snapshot(self._site.pool) as (db, pos):
                found = [(each, await self._site.topics.of(db, PersonId(each.id))) for each in together]
            if not await self._site.tail.reached(pos):
                raise Unavailable("the live stream is behind")
            for each, topics in found:
                if not each.was_looked_up():
                    self._audience.settle(each, topics, pos)
        finally:
            for each in together:
                del self._looking[each]
            looking.set()

    async def _catch_up(self, connection: Socket, listener: Listener) -> None:
        filtered = Filter(listener)
        while connection.is_open:
            await connection.drained()
            if connection.pos < self._recent.after:
                await self._send_page(connection, filtered)
                continue
            items = self._recent.since(connection.pos, CHUNK_BYTES)
            self._send(connection, [item.wire for item in filtered.pass_through(items)])
            connection.pos = items[-1].pos if items else self._site.tail.pos
            if connection.pos >= self._site.tail.pos and connection.is_open:
                connection.is_live = True
                connection.push(frames.message(t="ready", pos=connection.pos, version=self._version))
                self._greet(connection)
                return

    async def _send_page(self, connection: Socket, filtered: "Filter") -> None:
        through = min(connection.pos + PAGE, self._site.tail.pos)
        async with self._readers, reading(self._site.pool) as db:
            entries = await read_for(db, self._site.keys, filtered.topics(), connection.pos, through)
        self._send(connection, [frames.text(entry.frame) for entry in filtered.pass_through(entries)])
        connection.pos = through

    def _send(self, connection: Socket, wires: list[bytes]) -> None:
        self._tell_run(connection)
        if wires:
            metrics.replayed.inc(len(wires))
            connection.write(b"".join(wires))

    def _tell_run(self, connection: Socket) -> None:
        """The client has it beside its position before what it is sent now. It is the tail's: all that was delivered
        so far is of that run's log, what was read from the log included."""
        run = self._site.tail.run_id
        if connection.run_id != run:
            connection.run_id = run
            connection.write(frames.position(connection.pos, run))


class Filter:
    """The rule above, for one person and one replay."""

    def __init__(self, listener: Listener) -> None:
        self._listener = listener
        self._away: set[int] = set()

    def topics(self) -> set[int]:
        """What the person follows now."""
        return {EVERYONE, self._listener.id, *(self._listener.topics or ())}

    def pass_through(self, entries: Sequence[AnyEntry]) -> list[AnyEntry]:
        """The entries to send, in order."""
        person, topics = self._listener.id, self.topics()
        passed = []
        for entry in entries:
            if entry.subscribes:
                self._away.difference_update(topic for who, topic in entry.subscribes if who == person)
            if any(topic in topics and topic not in self._away for topic in entry.topics):
                passed.append(entry)
            if entry.unsubscribes:
                self._away.update(topic for who, topic in entry.unsubscribes if who == person)
        return passed
