"""What is true whatever the sites believe: time, who wrote what, what may be lost; and the trace for the reader."""

import asyncio
import random
from collections import Counter
from collections.abc import Iterable, Sequence

from bilin.core.ids import EPOCH_MS, MAX_AHEAD_MS, HybridClock
from bilin.messaging import MessageSent, ReadMarked
from bilin.sites.replication.transport.wire import LIST, Scopes, SiteBatch
from tests.simulation.store import Row, Store

BASE_MS = EPOCH_MS + 40_000_000_000
"""The moment at which every history begins."""


class Broken(AssertionError):
    """An invariant does not hold."""


class Tally(Counter[str]):
    """How often what happened."""

    def add(self, what: str, times: int = 1) -> None:
        self[what] += times


class World:
    """The truth. Sites never ask it."""

    def __init__(self, loop: asyncio.AbstractEventLoop, dice: random.Random, *, verbose: bool = False) -> None:
        self.loop, self.dice, self.verbose = loop, dice, verbose
        self.tally = Tally()
        self.is_watched = dice.random() < 0.4
        """Whether it is looked at what people see, and what each event changes: that costs time."""
        self.changed, self.idle = Tally(), Tally()
        """Types of events that changed something at the site where they were written, and how often they did not."""
        self.offsets_ms: dict[int, int] = {}
        self.dishonest: set[int] = set()
        """Sites whose clock was far off at some time."""
        self.highest_ms = BASE_MS
        """The highest reading of an honest clock ever."""
        self.written: dict[int, Row] = {}
        """Everything that any site ever committed first."""
        self.acknowledged: set[int] = set()
        self.lost: set[int] = set()
        """What was on no disk at some time after a restore: nobody can demand it back."""
        self.arrivals: dict[tuple[int, int], list[int]] = {}
        """(site, conversation) → texts in the order they were committed there."""
        self.read: dict[tuple[int, int, int], int] = {}
        """(site, conversation, person) → how many of those were read."""
        self.restored: set[int] = set()
        self.pried: dict[int, set[int]] = {}
        """Site → events it was answered with when it asked for whatever it liked."""
        self.named: dict[int, set[int]] = {}
        """Site → conversations it was told of then."""
        self.sealed: set[int] = set()
        """Conversations that must never leave the site where they began."""

    def say(self, site: int, text: str) -> None:
        """A line of the trace."""
        if self.verbose:
            seconds = int(self.loop.time())
            clock = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{self.loop.time() % 60:06.3f}"
            print(f"{clock}  {f'site {site}' if site else '':8} {text}")

    def fail(self, problem: str) -> None:
        """An invariant does not hold, and whoever is running is not to catch it."""
        self.loop.call_exception_handler({"exception": Broken(problem), "message": problem})

    def now_ms(self, site: int) -> int:
        """A site's clock."""
        now = BASE_MS + int(self.loop.time() * 1000) + self.offsets_ms.get(site, 0)
        if site not in self.dishonest and now > self.highest_ms:
            self.highest_ms = now
        return now

    def wrote(self, row: Row) -> None:
        """A site committed an event of its own."""
        if row.sent.id in self.written:
            self.fail(f"site {row.site} gave the id {row.sent.id} twice")
        self.written[row.sent.id] = row
        self.tally.add("events")
        self._arrived(row.site, [row])
        if isinstance(row.event, MessageSent | ReadMarked):
            self._marked(row.site, row.sent.actor or 0, row.sent.id, row.event)

    def took(self, site: int, rows: Sequence[Row], clock: HybridClock) -> None:
        """A site committed rows from elsewhere."""
        self.tally.add("taken in", len(rows))
        for row in rows:
            if not self.is_true(row):
                self.fail(f"site {site} took in event {row.sent.id} of site {row.site}, which nobody wrote")
        self._arrived(site, rows)
        if site not in self.dishonest and clock._ms + EPOCH_MS > self.highest_ms + MAX_AHEAD_MS:
            self.fail(f"the clock of site {site} was pushed into the future")
        for row in rows if self.verbose else ():
            self.say(site, f"takes in {row.sent.id} of site {row.site} at {row.pos}: {row.event}")

    def is_true(self, row: Row) -> bool:
        """Whether the event was written, and as it is here."""
        known = self.written.get(row.sent.id)
        return known is not None and known.sent.data == row.sent.data

    def learned(self, site: int, answer: SiteBatch | Scopes) -> None:
        """A site that asked for whatever it liked was answered."""
        if isinstance(answer, Scopes):
            self.named.setdefault(site, set()).update(answer.scopes)
            return
        events = {event.id for event in answer.events} & self.written.keys()  # and what a liar put in
        self.tally.add("pried out", len(events))
        self.pried.setdefault(site, set()).update(events)
        self.named.setdefault(site, set()).update(set(answer.opened) - {LIST})

    def _arrived(self, site: int, rows: Iterable[Row]) -> None:
        for row in rows:
            if isinstance(row.event, MessageSent):
                self.arrivals.setdefault((site, row.scope), []).append(row.sent.id)

    def _marked(self, site: int, person: int, identifier: int, event: MessageSent | ReadMarked) -> None:
        arrived = self.arrivals.get((site, event.conversation), [])
        through = identifier if isinstance(event, MessageSent) else event.through
        if through in arrived:
            key = site, event.conversation, person
            self.read[key] = max(self.read.get(key, 0), arrived.index(through) + 1)

    def replaced(self, site: int, stores: Sequence[Store]) -> None:
        """A backup was put back at a site: what is on no disk now may be lost."""
        self.restored.add(site)
        there = set().union(*(store.places.keys() | store.kept.keys() for store in stores))
        self.lost |= self.written.keys() - there
