"""One simulated site: a disk, a clock, and the engine's followers, holder and publisher, which die with the process."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from bilin.core.errors import Unavailable
from bilin.core.events import Event
from bilin.core.ids import HybridClock
from bilin.core.log.entry import encode_event, type_of
from bilin.core.log.runs import Position
from bilin.sites.replication.feed.log_server import LogServer
from bilin.sites.replication.feed.publisher import Publisher
from bilin.sites.replication.following.follower import SiteFollower
from bilin.sites.replication.following.wakeup import Wakeup
from bilin.sites.replication.transport.wire import Fetch, FetchScopes, Refused, Scopes, Sent, SiteBatch
from tests.simulation.network import Network, SimulatedLine
from tests.simulation.ports import SimulatedInlet, SimulatedOutlet, unavailable
from tests.simulation.screens import Screens
from tests.simulation.store import Row, Store, mark
from tests.simulation.world import Broken, World


class Rates:
    """How likely something goes wrong at a moment between two writes."""

    crash = 0.0
    unavailable = 0.0


class Machine:
    """A site's machine. `boot` and `crash` are the life of its process; the disk stays."""

    def __init__(
        self, number: int, world: World, network: Network, joined: set[int], rates: Rates, status_s: float
    ) -> None:
        self.number, self.is_up = number, False
        self._world, self._network, self._joined, self._rates, self._status_s = world, network, joined, rates, status_s
        self.store = Store(number)
        self._tasks: set[asyncio.Task[Any]] = set()
        self._following: dict[int, asyncio.Task[Any]] = {}
        self.followers: dict[int, SiteFollower] = {}
        network.sites[number] = self

    def boot(self) -> None:
        """Start the process: a new run of the log."""
        world, store = self._world, self.store
        self.is_up = True
        store.runs.append((world.dice.getrandbits(62) + 1, store.head + 1))
        self._clock = HybridClock(self.number, lambda: world.now_ms(self.number))
        self._clock.begin_after(store.last_id())
        outlet = SimulatedOutlet(store, self._joined, self._moment, world.dice)
        self._screens = Screens(store)
        self._inlet = SimulatedInlet(store, self._clock, self._moment, self)
        self._line = SimulatedLine(self._network, self.number)
        self._holder = LogServer(self.number, outlet)
        self._holder.on_lost(lambda site: world.say(self.number, f"learns that site {site} holds what it lost"))
        self._publisher = Publisher(self.number, outlet, self._line)
        self._committed = Wakeup()
        world.say(self.number, f"starts at {store.head}")
        self.start(self._feed())
        self.start(self._inlet.kept_back_review.run())
        self.refresh()

    def crash(self) -> None:
        """End the process at once."""
        self._world.say(self.number, f"stops at {self.store.head}")
        self.is_up = False
        for task in (*self._tasks, *self._following.values()):
            task.cancel()
        self._tasks.clear()
        self._following.clear()
        self.followers.clear()

    def refresh(self) -> None:
        """Follow whoever is joined, and nobody else."""
        others = self._joined - {self.number}
        for gone in self._following.keys() - others:
            self._following.pop(gone).cancel()
            del self.followers[gone]
        for new in sorted(others - self._following.keys()):
            follower = self.followers[new] = SiteFollower(new, self.number, self._inlet, self._line)
            self._following[new] = self._watch(follower.run())

    def start(self, work: Coroutine[Any, Any, None]) -> None:
        """Begin a piece of work, which ends when the process does."""
        task = self._watch(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _watch(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[Any]:
        task = self._world.loop.create_task(work)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        error = None if task.cancelled() else task.exception()
        if error is not None:
            self._world.loop.call_exception_handler({"exception": error, "message": "a task failed"})

    async def append(self, said: Event | Callable[[int], Event], actor: int) -> int | None:
        """Commit an event of this site, or what is made with its id; the id when that was acknowledged."""
        try:
            await self._moment()
            identifier = self._clock.next()
            event = said if isinstance(said, Event) else said(identifier)
            data = encode_event(event)
            sent = Sent(identifier, actor, *type_of(event), data, mark(self.number, identifier, data))
            before = self._told_by(event)
            (row,) = self.store.append([sent])
            (self._world.idle if before == self._told_by(event) else self._world.changed).add(sent.type)
            self._world.wrote(row)
            self._show([row], came=False)
            self._committed.ring()
            self._inlet.kept_back_review.news()
            if self._world.verbose:
                self._world.say(self.number, f"{identifier} at {row.pos} by {actor}: {event}")
            await self._moment()
        except Unavailable:
            return None
        self._world.acknowledged.add(identifier)
        return identifier

    def _told_by(self, event: Event) -> object:
        """What the site has of what an event may change, if that is looked at."""
        return self.store.state.digest_of(event.key_scope()) if self._world.is_watched else object()

    async def _moment(self) -> None:
        """Between two writes."""
        lot, rates = self._world.dice.random(), self._rates
        if lot < rates.crash:
            self._world.tally.add("crashes between writes")
            self.crash()
            self._world.loop.call_later(1 + self._world.dice.random() * 200, self._come_back)
            await self._world.loop.create_future()  # cancelled, as everything of this process
        if lot < rates.crash + rates.unavailable:
            self._world.tally.add("database away")
            raise unavailable()
        if lot > 0.8:
            await asyncio.sleep((lot - 0.8) * 0.2)

    def _come_back(self) -> None:
        if not self.is_up and self.number in self._joined:
            self.boot()

    async def _feed(self) -> None:
        """Publish what is committed, and a status from time to time."""
        loop = self._world.loop
        due = loop.time() + self._status_s * self._world.dice.random()
        while True:
            await self._committed.wait(max(0.0, due - loop.time()))
            is_due = loop.time() >= due
            try:
                await self._publisher.serve(self._joined - {self.number})
                await self._publisher.publish(keep_up=is_due)
                if is_due:
                    due = loop.time() + self._status_s
                    self._tell(await self._holder.position())
            except Unavailable:
                await asyncio.sleep(1)

    def _tell(self, position: Position) -> None:
        for site in sorted(self._joined - {self.number}):
            self._network.tell(self.number, site, position)

    def took(self, site: int, rows: Sequence[Row], clock: HybridClock) -> None:
        """A witness of what is taken in (`ports.Witness`)."""
        self._world.took(site, rows, clock)
        if rows:
            self._show(rows, came=True)

    def say(self, site: int, text: str) -> None:
        self._world.say(site, text)

    def _show(self, rows: Sequence[Row], *, came: bool) -> None:
        try:
            if self._world.is_watched:
                self._screens.show(rows, came=came)
        except Broken as broken:
            self._world.fail(str(broken))

    async def answer(self, asker: int, question: Fetch | FetchScopes) -> SiteBatch | Scopes | Refused:
        was_joined = asker in self._joined
        answer = await self._holder.answer(asker, question)
        if not was_joined and not isinstance(answer, Refused):
            self._world.fail(f"site {asker} is not one of the company, and site {self.number} answers it")
        return answer

    def hear(self, holder: int, batch: SiteBatch) -> None:
        follower = self.followers.get(holder)
        if follower is not None:
            follower.hear(batch)

    def told(self, holder: int, position: Position) -> None:
        follower = self.followers.get(holder)
        if follower is not None:
            follower.told(position)
