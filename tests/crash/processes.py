"""Whom to kill: the processes of one site, found among its descendants, and nobody else's."""

import os
import signal
from enum import StrEnum

import asyncpg

from tests.support.process_table import Seen
from tests.support.site_process import SiteProcess

SELECT_WRITER = "SELECT pid FROM pg_stat_activity WHERE application_name = 'bilin log writer'"
END_WRITER = SELECT_WRITER.replace("pid", "pg_terminate_backend(pid)", 1)


class Part(StrEnum):
    """A process that the supervisor keeps, by a part of its command."""

    WEB = "bilin.app.web"
    FIRST_WRITER = "--roles writer --number 0"
    SECOND_WRITER = "--roles writer --number 1"
    FIRST_WEB = "--roles api,gateway --number 2"
    WORKER = "bilin.app.worker"
    NATS = "nats-server"
    POSTGRES = "postgres -D"


SMALL = (Part.WEB, Part.WORKER, Part.NATS, Part.POSTGRES)
"""Those of a site with one web process."""


def find(site: SiteProcess, part: Part) -> Seen | None:
    """The process; None while it is down."""
    return next((each for each in site.processes() if part in each.command), None)


def kill(site: SiteProcess, part: Part) -> Seen | None:
    """`kill -9`. The process it was; None when it is down already."""
    victim = find(site, part)
    if victim is not None:
        os.kill(victim.pid, signal.SIGKILL)
    return victim


async def kill_writers_backend(site: SiteProcess) -> bool:
    """`kill -9` of the PostgreSQL process that commits; the server ends all others too. Whether there was one."""
    pids = await _ask(site, SELECT_WRITER)
    ours = {each.pid for each in site.processes()}
    for pid in pids:
        assert pid in ours
        os.kill(pid, signal.SIGKILL)
    return bool(pids)


async def cut_writers_connection(site: SiteProcess) -> bool:
    """End the session that commits, and it alone. Whether there was one."""
    return bool(await _ask(site, END_WRITER))


async def _ask(site: SiteProcess, statement: str) -> list[int]:
    connection = await asyncpg.connect(site.running().database_url)
    try:
        return [row[0] for row in await connection.fetch(statement)]
    finally:
        connection.terminate()
