"""The ports of the engine on a simulated site: its disk as inlet and outlet, with moments between any two writes."""

import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Protocol

import msgspec

from bilin.core.errors import Unavailable
from bilin.core.ids import COUNTER_BITS, MAX_NODE, HybridClock
from bilin.core.log.runs import Position
from bilin.core.ownership import FOUNDER
from bilin.sites.replication.feed import sharing
from bilin.sites.replication.feed.selecting import Selection
from bilin.sites.replication.following.kept_back import KeptBackReview
from bilin.sites.replication.ports import NOTHING, IntakeResult, KeptBack, Need, Reading
from bilin.sites.replication.transport.wire import Sent, SiteBatch
from tests.simulation.judging import judge
from tests.simulation.store import Row, Store, mark
from tests.simulation.stored_facts import StoredFacts

Moment = Callable[[], Awaitable[None]]
"""A moment between two writes: time passes, the site may crash, the database may be away (`Unavailable`)."""


class Witness(Protocol):
    """Who watches that nothing impossible happens."""

    def took(self, site: int, rows: Sequence[Row], clock: HybridClock) -> None:
        """A site committed rows that came from elsewhere."""

    def say(self, site: int, text: str) -> None:
        """A line of the trace."""


class SimulatedInlet:
    """`Inlet` on a disk."""

    def __init__(self, store: Store, clock: HybridClock, moment: Moment, witness: Witness) -> None:
        self._store, self._clock, self._moment, self._witness = store, clock, moment, witness
        self.kept_back_review = KeptBackReview(self)

    async def position(self, holder: int, whose: int) -> Position:
        return self._store.position(holder, whose)

    async def judge(self, whose: int, events: Sequence[Sent]) -> Sequence[str | None]:
        await self._moment()
        return judge(self._store, whose, events)

    async def take_in(
        self, batch: SiteBatch, need: Need | None = None, kept: Mapping[int, str] = NOTHING
    ) -> IntakeResult:
        await self._moment()
        for event in batch.events:
            self._clock.observe(event.id)
        rows = self._store.append([event for event in batch.events if event.id not in kept])
        self._store.keep_back([event for event in batch.events if event.id in kept])
        self._save(batch, need)
        self._witness.took(self._store.site, rows, self._clock)
        self._tell(batch, need)
        self.kept_back_review.news()
        if kept:
            self._witness.say(self._store.site, f"keeps back {dict(kept)} of site {batch.whose}")
            self.kept_back_review.stir()
        await self._moment()
        return IntakeResult(len(rows))

    async def kept_back(self, after: int, limit: int) -> Sequence[KeptBack]:
        await self._moment()
        ids = sorted(identifier for identifier in self._store.kept if identifier > after)[:limit]
        return [KeptBack(identifier >> COUNTER_BITS & MAX_NODE, self._store.kept[identifier]) for identifier in ids]

    async def release(self, whose: int, events: Sequence[Sent]) -> None:
        await self._moment()
        rows = self._store.append(events)
        for event in events:
            self._store.kept.pop(event.id, None)
        self._witness.took(self._store.site, rows, self._clock)
        self._witness.say(self._store.site, f"keeps back no more {[event.id for event in events]} of site {whose}")
        await self._moment()

    def _tell(self, batch: SiteBatch, need: Need | None) -> None:
        what, me = f"conversation {batch.scope}" if need else "the log", self._store.site
        self._witness.say(me, f"follows {what} of site {batch.holder} from {batch.after} to {batch.through}")
        if batch.opened:
            self._witness.say(me, f"is given {batch.opened} by site {batch.holder}")

    def _save(self, batch: SiteBatch, need: Need | None) -> None:
        store = self._store
        if need is None:
            store.positions[batch.holder, batch.whose] = batch.position
        elif store.current(need):
            moved = msgspec.structs.replace(need, position=batch.position)
            store.needs[need.holder, need.whose, need.scope] = moved
        for scope in batch.opened:
            store.need(Need(batch.holder, batch.whose, scope, batch.position))

    async def needs(self, holder: int, whose: int) -> Sequence[Need]:
        return [need for need in self._store.needs.values() if need.holder == holder and need.whose == whose]

    async def listed(self, need: Need, scopes: Sequence[int]) -> None:
        await self._moment()
        for scope in scopes:
            self._store.need(Need(need.holder, need.whose, scope, need.since))
        await self._moment()

    async def met(self, need: Need) -> None:
        await self._moment()
        if self._store.current(need):
            self._witness.say(self._store.site, f"needs no more of {need.scope} of site {need.holder}")
            del self._store.needs[need.holder, need.whose, need.scope]
        await self._moment()

    async def losses(self) -> Mapping[int, int]:
        return dict(self._store.losses)

    async def recovered(self, site: int, note: int) -> None:
        await self._moment()
        if self._store.losses.get(site) == note:
            del self._store.losses[site]
        await self._moment()

    def recognises(self, holder: int, event: Sent) -> bool:
        return holder == FOUNDER or event.mark == mark(self._store.site, event.id, event.data)


class SimulatedOutlet:
    """`Outlet` on a disk: what the product decides, by what the disk says. Pages are short, so that there are many."""

    def __init__(self, store: Store, joined: set[int], moment: Moment, dice: random.Random) -> None:
        self._store, self._joined, self._moment, self._dice = store, joined, moment, dice
        self._facts = StoredFacts(store)
        self._selection = Selection(store.site, max_people=dice.choice((2, 1_000)))

    async def runs(self) -> Sequence[tuple[int, int]]:
        return list(self._store.runs)

    async def head(self) -> int:
        return self._store.head

    async def gives(self, to: int, whose: int) -> bool:
        return sharing.gives(self._store.site, to, whose, lambda site: "joined" if site in self._joined else "revoked")

    async def note_loss(self, site: int) -> None:
        await self._moment()
        self._store.notes += 1
        self._store.losses[site] = self._store.notes
        await self._moment()

    async def read(self, to: int, whose: int, scope: int, after: int, max_events: int, max_bytes: int) -> Reading:
        max_events, max_bytes = self._dice.choice(((7, max_bytes), (40, 2_000), (400, max_bytes)))
        return await self._selection.read(self._facts, to, whose, scope, after, max_events, max_bytes)

    async def scopes_for(self, to: int, whose: int, after: int, limit: int) -> Sequence[int]:
        return await self._selection.scopes_for(self._facts, to, whose, after, limit)


def unavailable() -> Unavailable:
    """The database is away."""
    return Unavailable("The database is away.")
