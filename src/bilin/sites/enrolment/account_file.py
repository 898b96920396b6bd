"""Keeps the list of who may speak in the account between sites, in a file that NATS reads; at the founding site."""

import asyncio
from collections.abc import Sequence

import structlog

from bilin.core.backoff import while_away
from bilin.core.crypto import read_master_key
from bilin.core.database import reading
from bilin.core.errors import Unavailable
from bilin.core.ids import wall_ms
from bilin.core.log import Entry
from bilin.core.private_files import write_private
from bilin.core.site import Site
from bilin.core.waiting import is_set_within
from bilin.sites.enrolment.files import files_of
from bilin.sites.enrolment.invitations import accesses
from bilin.sites.enrolment.nats_accounts import AccessKey, account_text, line_of_url
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.registry.sites import CHANGING

logger = structlog.get_logger(__name__)

LOOK_EVERY_S = 60.0
"""Invitations end without an event."""


class Doorkeeper:
    """Writes `nats/sites.conf` from the tables. Whoever runs NATS notices that it changed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._places = files_of(site.settings)
        self._own = site.settings[SitesSettings]
        self._stir = asyncio.Event()
        self._writing = asyncio.Lock()
        self.has_invited = asyncio.Event()
        """Set once there is anybody else: only then is there something to answer."""
        self.key = AccessKey(read_master_key(self._places.access_key))

    def hear(self, entries: Sequence[Entry]) -> None:
        """Listener of the tail."""
        if any(entry.type in CHANGING for entry in entries):
            self.look_again()

    def look_again(self) -> None:
        """Who is let in may have changed."""
        self._stir.set()

    async def write(self) -> None:
        """Make the file say what the tables say. One after another: what was read first must not be written last."""
        async with self._writing:
            await self._write()

    async def _write(self) -> None:
        async with reading(self._site.pool) as db:
            others = await accesses(db, self.key, wall_ms(), self._own.invitation_life_s)
        if others:
            self.has_invited.set()
        text = account_text(line_of_url(self._own.nats_url), others).encode()
        path = self._places.account
        if not path.exists() or path.read_bytes() != text:
            write_private(path, text)
            logger.info("sites.access_written", others=len(others))

    async def run(self) -> None:
        """Keep the file true, until stopped."""
        again = while_away()
        while True:
            self._stir.clear()
            try:
                await self.write()
                again.went_well()
            except (Unavailable, OSError) as cause:
                logger.warning("sites.access_waits", reason=repr(cause))
                await again.wait()
                continue
            await is_set_within(self._stir, LOOK_EVERY_S)
