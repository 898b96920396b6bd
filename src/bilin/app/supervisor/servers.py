"""The database and the bus a site works with: its own embedded ones, or the company's."""

from collections.abc import Callable
from pathlib import Path

import msgspec

from bilin.app.embedded import EmbeddedNats, EmbeddedPostgres, Lines
from bilin.app.processes import KeptService, Service
from bilin.app.supervisor.external import check_database, check_nats, say_nothing, wait_for
from bilin.app.supervisor.lines import lines_of
from bilin.app.supervisor.progress import Progress
from bilin.core.settings import DatabaseSettings, NatsSettings, PostgresSettings, Settings, SiteSettings
from bilin.sites import SitesSettings


class Servers(msgspec.Struct, frozen=True):
    """Where they are."""

    database_url: str
    nats_url: str
    sites_nats_url: str = ""
    """Where the processes speak with other sites; empty: nowhere."""


async def start_servers(
    settings: Settings,
    progress: Progress,
    kept: list[KeptService],
    keep_open: tuple[int, ...] = (),
    *,
    bus: bool = True,
    lines: Callable[[], Lines] | None = None,
) -> Servers:
    """Starts what is not external, and waits for what is. All it started is in `kept`, also when it raises.

    `bus=False` leaves NATS out, for commands that need the database alone. `lines` are the lines to other sites; those
    of the data folder unless something else is said.
    """
    database_url = settings[DatabaseSettings].url
    nats_url, sites_nats_url = settings[NatsSettings].url, settings[SitesSettings].nats_url
    if database_url:
        async with progress.step("Waiting for your database", "Database (yours)"):
            await wait_for(check_database, database_url, tell=progress.note)
    else:
        postgres = postgres_of(settings, keep_open)
        await _start(postgres, progress, kept)
        database_url = postgres.url
    if nats_url and bus:
        async with progress.step("Waiting for your NATS", "NATS (yours)"):
            await wait_for(check_nats, nats_url, tell=progress.note)
    elif bus:
        nats = nats_of(settings, lines, progress.note)
        await _start(nats, progress, kept)
        nats_url, sites_nats_url = nats.url, sites_nats_url or nats.sites_url
    return Servers(database_url=database_url, nats_url=nats_url, sites_nats_url=sites_nats_url)


def nats_of(
    settings: Settings, lines: Callable[[], Lines] | None = None, tell: Callable[[str], None] = say_nothing
) -> EmbeddedNats:
    """The embedded NATS of a site, not started."""
    folder, log = _data(settings) / "nats", _logs(settings) / "nats.log"
    return EmbeddedNats(folder, log, settings[NatsSettings].port, lines or (lambda: lines_of(settings)), tell)


def postgres_of(settings: Settings, keep_open: tuple[int, ...] = ()) -> EmbeddedPostgres:
    """The embedded PostgreSQL of a site, not started."""
    folder, log = _data(settings) / "postgres", _logs(settings) / "postgres.log"
    return EmbeddedPostgres(folder, log, settings[PostgresSettings], keep_open=keep_open)


async def _start(service: Service, progress: Progress, kept: list[KeptService]) -> None:
    one = KeptService(service, progress.note)
    async with progress.step(f"Starting {service.name}", service.name):
        kept.append(one)
        await one.start()


def _data(settings: Settings) -> Path:
    return settings[SiteSettings].data_dir


def _logs(settings: Settings) -> Path:
    return _data(settings) / "logs"
