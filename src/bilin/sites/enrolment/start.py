"""What joining needs, in the process that writes the log: at the founding site who is let in, elsewhere the way to
become a site."""

import asyncio

from bilin.core.bus import Bus
from bilin.core.ownership import FOUNDER
from bilin.core.site import Site
from bilin.sites.enrolment.account_file import Doorkeeper
from bilin.sites.enrolment.admission import Admission
from bilin.sites.enrolment.joiner import Joiner
from bilin.sites.registry.settings import SitesSettings


async def start(site: Site) -> None:
    """Provide the joiner, and at the founding site the doorkeeper and the admission."""
    joiner = Joiner(site)
    site.provide(Joiner, joiner)
    site.keep_while_writing("joiner", joiner.run)
    if site.number != FOUNDER:
        return
    doorkeeper = Doorkeeper(site)
    site.provide(Doorkeeper, doorkeeper)
    site.tail.listen(doorkeeper.hear, doorkeeper.look_again)
    if url := site.settings[SitesSettings].nats_url:
        site.keep_while_writing("doorkeeper", doorkeeper.run)
        site.keep_while_writing("admission", lambda: _answer(Admission(site), doorkeeper, url))


async def _answer(admission: Admission, doorkeeper: Doorkeeper, url: str) -> None:
    """Not before somebody was invited: a server that is itself joining must not answer its own question."""
    await doorkeeper.has_invited.wait()
    bus = Bus(url)
    try:
        await bus.open()
        await admission.listen(bus)
        await asyncio.Event().wait()
    finally:
        await bus.close()
