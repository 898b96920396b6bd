"""This running site: the ports every module works through, and a typed place for what modules provide to each other."""

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from time import monotonic
from typing import Any, TypeAlias, TypeVar

import structlog

from bilin.core import database, telemetry
from bilin.core.backoff import Backoff
from bilin.core.budgets import RequestBudget
from bilin.core.bus import Bus
from bilin.core.crypto import Keyring, read_master_key
from bilin.core.ids import HybridClock
from bilin.core.log import Entry, LogWriter, Tail
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

    def __init__(self, settings: Settings, pool: database.Pool, bus: Bus, keys: Keyring) -> None:
        self.settings, self.pool, self.bus, self.keys = settings, pool, bus, keys
        own = settings[SiteSettings]
        self.number = own.node
        self.clock = HybridClock(own.node)
        self.topics = Topics()
        self.budget = RequestBudget(settings[LimitsSettings])
        self.tail = Tail(pool, bus, keys, own.node)
        self.tail.listen(self._observe)  # without it ids may go back: only a new process mends that
        self.log = LogWriter(settings[DatabaseSettings].url, bus, keys, self.clock, own.node, self.tail.hear)
        self.tail.feeding_run = lambda: self.log.run_id if self.log.is_writing else 0
        self._provided: dict[type, Any] = {}
        self._tasks: set[asyncio.Task[None]] = set()

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

    def _observe(self, entries: Sequence[Entry]) -> None:
        """Ids of this process are never behind one that it has seen, whichever process gave it."""
        self.clock.observe(max(entry.id for entry in entries), trusted=True)

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
        except Exception:
            logger.exception("site.task_failed", task=name)
        telemetry.task_failures.labels(name).inc()
        if monotonic() - began > MAX_AGAIN_S:
            again.went_well()
        await again.wait()


def _is_asked_to_end() -> bool:
    """Whether the task that runs now was cancelled itself, rather than something that it waits for."""
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


async def open_site(settings: Settings) -> Site:
    """Connect to the database and the bus named in the settings. The schema must be up to date."""
    keys = Keyring(read_master_key(settings[SiteSettings].data_dir / MASTER_KEY_FILE))
    pool = await database.open_pool(settings[DatabaseSettings].url, settings[DatabaseSettings].pool_size)
    bus = Bus(settings[NatsSettings].url)
    await bus.open()
    return Site(settings, pool, bus, keys)
