"""A log of its own for every test, with as many writers as it asks for."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager

import pytest

from bilin.core.bus import Bus
from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.ids import HybridClock
from bilin.core.log import LogWriter
from tests.core.log.facts import create_notes, known_facts

MASTER_KEY = bytes(range(32))
SITE = 7

Writing = Callable[[], AbstractAsyncContextManager[LogWriter]]


class SilentBus(Bus):
    """A bus that was never opened: nothing gets through."""

    def __init__(self) -> None:
        super().__init__("nats://127.0.0.1:1")


async def until(condition: Callable[[], bool], timeout_s: float = 10.0) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(timeout_s):
        while not condition():
            await asyncio.sleep(0.01)


@asynccontextmanager
async def running(log: LogWriter, *, waits: bool = True) -> AsyncIterator[LogWriter]:
    """A writer at work for the time of the block."""
    task = asyncio.create_task(log.run())
    try:
        if waits:
            await until(lambda: log.is_writing)
        yield log
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture(autouse=True)
def facts() -> Iterator[None]:
    with known_facts():
        yield


@pytest.fixture
async def notes(database: Pool) -> Pool:
    """The pool, with the table of the tests' applier."""
    async with database.acquire() as db:
        await create_notes(db)
    return database


@pytest.fixture
def keys() -> Keyring:
    return Keyring(MASTER_KEY)


@pytest.fixture
def new_writer(notes: Pool, database_url: str, keys: Keyring) -> Callable[[], LogWriter]:
    """Makes writers of the same log, each with what a process of its own would have."""
    return lambda: LogWriter(database_url, SilentBus(), Keyring(MASTER_KEY), HybridClock(SITE), SITE)


@pytest.fixture
async def log(new_writer: Callable[[], LogWriter]) -> AsyncIterator[LogWriter]:
    """One writer at work."""
    async with running(new_writer()) as writer:
        yield writer
