"""This running site: the ports every module works through, and a typed place for what modules provide to each other."""

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias, TypeVar

import structlog

from bilin.core import database, primary, telemetry
from bilin.core.backoff import Backoff
from bilin.core.budgets import RequestBudget
from bilin.core.bus import Bus
from bilin.core.charges import Charges
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.errors import Unavailable
from bilin.core.ids import WRITER_LANE, HybridClock, lane_of
from bilin.core.log import Entry, Log, LogWriter, Tail
from bilin.core.log.handover import Desk, Link
from bilin.core.log.lead import Lead
from bilin.core.roles import SMALL_SITE, Place, Role
from bilin.core.settings import DatabaseSettings, LimitsSettings, NatsSettings, Settings, SiteSettings
from bilin.core.topics import Topics

logger = structlog.get_logger(__name__)

T = TypeVar("T")
MASTER_KEY_FILE = Path("keys/master.key")
AGAIN_S = 0.5
MAX_AGAIN_S = 30.0
Runner: TypeAlias = Callable[[], Coroutine[Any, Any, None]]
Background: TypeAlias = tuple[str, Runner]
"""A task by its name: the function that begins it, each time anew (`runner.run`, not `runner.run()`)."""


class Site:
    """One process of this site. Open it with `open_site`; modules add what they own with `provide`."""

    def __init__(
        self, settings: Settings, pool: database.Pool, bus: Bus, keys: Keyring, place: Place = SMALL_SITE
    ) -> None:
        """`place`: which of the site's processes this is."""
        self.settings, self.pool, self.bus, self.keys, self.place = settings, pool, bus, keys, place
        own = settings[SiteSettings]
        self.number = own.node
        self.clock = HybridClock(own.node, lane=lane_of(place.lane(settings)))
        self._writers_clock = HybridClock(own.node, lane=WRITER_LANE)
        self.topics = Topics()
        self.budget = RequestBudget(settings[LimitsSettings])
        self.tail = Tail(pool, bus, keys, own.node)
        self.tail.on_growth(self._observe)  # without it ids may go back: only a new process mends that
        self.log = self._open_log()
        self.tail.feeding_run = lambda: self.log.run_id if self.log.is_writing else 0
        self.charges = Charges(bus, own.node, lambda: self.log.is_shared)
        self.budget.share(self.charges)
        self._provided: dict[type, Any] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def _open_log(self) -> Log:
        writer = LogWriter(
            self.settings[DatabaseSettings].url, self.bus, self.keys, self._writers_clock, self.number, self._grown
        )
        data = self.settings[SiteSettings].data_dir
        self._desk = Desk(writer, self.bus, self.number, data)
        lane = self.place.lane(self.settings)
        link = Link(self.bus, self.number, data, self.clock, lane, self.tail.hear, self._linked)
        return Log(writer, self._desk, link, self.clock, self.tail, may_write=self.has(Role.WRITER))

    async def _linked(self, is_linked: bool) -> None:
        await (self.tail.be_fed() if is_linked else self.tail.hear_entries())

    def _grown(self, entries: list[Entry], run: int) -> None:
        """This process committed: its tail is the first to hear, then whoever is connected to the desk."""
        self.tail.hear(entries, run)
        self._desk.hear(entries, run)

    def has(self, role: Role) -> bool:
        """Whether this process has a role."""
        return role in self.place.roles

    def provide(self, kind: type[T], value: T) -> None:
        """Make something available to all modules under its type."""
        if kind in self._provided:
            raise ValueError(f"{kind.__name__} is provided twice")
        self._provided[kind] = value

    def get(self, kind: type[T]) -> T:
        """What a module provided under this type. Raises `KeyError` when nobody did."""
        value: T = self._provided[kind]
        return value

    def spawn(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Run something that ends by itself beside the requests. What must go on for ever is kept: see `keep`."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def keep(self, name: str, work: Runner) -> None:
        """`spawn` it again whenever it fails or ends, until the site closes: soon, then ever later."""
        self.spawn(name, kept(name, work))

    def keep_while_writing(self, name: str, work: Runner) -> None:
        """`keep` what one process of the site does for all: the one that writes the log, for as long as it does."""
        if self.has(Role.WRITER):
            self.keep(name, lambda: while_held(self.log.writer.lead, work))

    async def close(self) -> None:
        """Stop what runs, then let go of the bus and the database."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.bus.close()
        try:
            await asyncio.wait_for(self.pool.close(), 3)
        except TimeoutError:
            self.pool.terminate()

    def _observe(self, latest: int) -> None:
        """Ids of this process are never behind one that it has seen, whichever process gave it."""
        self.clock.observe(latest, trusted=True)
        self._writers_clock.observe(latest, trusted=True)

    def _ended(self, task: "asyncio.Task[None]") -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (cause := task.exception()) is not None:
            telemetry.task_failures.labels(task.get_name()).inc()
            logger.error("site.task_failed", task=task.get_name(), exc_info=cause)


async def kept(name: str, work: Runner) -> None:
    """Run it, and again whenever it fails or ends: soon, then ever later, until this very task is cancelled.

    A cancellation that comes out of the work, and was not asked of this task, is a failure like any other: else
    something that was cancelled further down would end the work for good, without a line.
    """
    again = Backoff(AGAIN_S, MAX_AGAIN_S)
    while True:
        began = monotonic()
        try:
            await work()
            logger.error("site.task_ended", task=name)
        except asyncio.CancelledError:
            if _is_asked_to_end():
                raise
            logger.exception("site.task_failed", task=name)
        except Unavailable as cause:  # the database or the bus restarts: no fault of the task
            logger.warning("site.task_waits", task=name, reason=repr(cause.__cause__ or cause))
        except Exception:
            logger.exception("site.task_failed", task=name)
        telemetry.task_failures.labels(name).inc()
        if monotonic() - began > MAX_AGAIN_S:
            again.went_well()
        await again.wait()


async def while_held(lead: Lead, work: Runner) -> None:
    """Run it while this process writes the log. Raises what the work raises."""
    while True:
        await lead.held()
        working = asyncio.ensure_future(work())
        losing = asyncio.ensure_future(lead.elsewhere())
        try:
            await asyncio.wait((working, losing), return_when=asyncio.FIRST_COMPLETED)
            if working.done():
                working.result()
                return
        finally:
            losing.cancel()
            working.cancel()
            await asyncio.gather(working, losing, return_exceptions=True)


def _is_asked_to_end() -> bool:
    """Whether the task that runs now was cancelled itself, rather than something that it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def open_site(settings: Settings, place: Place = SMALL_SITE) -> Site:
    """Connect to the database and the bus named in the settings. The schema must be up to date."""
    keys = Keyring(read_master_key(settings[SiteSettings].data_dir / MASTER_KEY_FILE))
    url = settings[DatabaseSettings].url
    pool = await database.open_pool(url, settings[DatabaseSettings].pool_size)
    bus = Bus(settings[NatsSettings].url)
    await bus.open()
    site = Site(settings, pool, bus, keys, place)
    if len(primary.servers_of(url)) > 1:
        site.keep("primary", lambda: primary.follow(url, pool.expire_connections))
    async with database.reading(pool) as db:
        site.clock.begin_after(await db.fetchval("SELECT coalesce(max(id), 0) FROM core.log"))
    return site
