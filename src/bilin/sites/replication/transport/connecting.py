"""Opening the line: each process of a site has its own, for as long as there are other sites."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bilin.core.bus import Bus
from bilin.core.site import Site
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.registry.sites import SiteRegistry
from bilin.sites.replication.transport.line import NatsLine
from bilin.sites.replication.transport.simulated_outage import SimulatedOutage


def inbox_of(here: int) -> str:
    """Where answers to a site's questions come to: nobody else may listen there."""
    return f"bilin.inbox.{here}"


@asynccontextmanager
async def open_line(site: Site, roll: SiteRegistry, cut: SimulatedOutage) -> AsyncIterator[NatsLine]:
    """A line for the time of the block."""
    bus = Bus(site.settings[SitesSettings].nats_url, inbox_of(site.number))
    await bus.open()
    try:
        yield NatsLine(bus, site.number, roll, cut)
    finally:
        await bus.close()


async def others_joined(roll: SiteRegistry, here: int) -> None:
    """Wait until there is another site."""
    changed = asyncio.Event()
    with roll.listening(changed.set):
        while not roll.joined(besides=here):
            changed.clear()
            await changed.wait()
