"""How a command (`bilin demo`, `bilin org import`) reaches the database and the bus of a site, running or not."""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bilin.app.processes import KeptService
from bilin.app.supervisor import Progress
from bilin.app.supervisor.folder import FolderLock
from bilin.app.supervisor.servers import start_servers
from bilin.core.settings import DatabaseSettings, NatsSettings, Settings, SiteSettings, load_settings


@asynccontextmanager
async def joined(settings: Settings, progress: Progress, *, bus: bool = True) -> AsyncIterator[Settings]:
    """Yields the settings with the addresses of servers that answer, for the time of the block.

    They are those of the settings, else those of the `bilin serve` that holds the data folder, else embedded ones that
    are started here and stopped after the block; then nobody else can start on the folder meanwhile. A database whose
    `bilin serve` was killed is shutting down: its end is awaited. `bus=False` leaves NATS out.
    """
    if settings[DatabaseSettings].url and (settings[NatsSettings].url or not bus):
        yield settings
        return
    lock = FolderLock(settings[SiteSettings].data_dir)
    if not lock.try_acquire():
        running = lock.holder()
        if running and running.is_alive and running.database_url:
            lock.close()
            yield _with(settings, running.database_url, running.nats_url)
            return
        await lock.acquire(lambda: None)
    async with _own_servers(settings, progress, lock, bus=bus) as (database_url, nats_url):
        yield _with(settings, database_url, nats_url)


@asynccontextmanager
async def _own_servers(
    settings: Settings, progress: Progress, lock: FolderLock, *, bus: bool
) -> AsyncIterator[tuple[str, str]]:
    kept: list[KeptService] = []
    try:
        servers = await start_servers(settings, progress, kept, (lock.descriptor,), bus=bus)
        yield servers.database_url, servers.nats_url
    finally:
        for each in reversed(kept):
            await each.stop()
        lock.release()


def _with(settings: Settings, database_url: str, nats_url: str) -> Settings:
    given = {"BILIN_DATABASE_URL": database_url, "BILIN_NATS_URL": nats_url}
    return load_settings({**os.environ, **given}, config=settings.file)
