"""The roll of sites: which there are, as every site knows them, kept in memory and true by the tail."""

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import asyncpg
import structlog

from bilin.core.database import Connection, Pool, reading
from bilin.core.errors import Unavailable
from bilin.core.ids import Id
from bilin.core.log import Entry
from bilin.core.ownership import FOUNDER
from bilin.sites.registry.events import SiteAdded, SiteChanged, SiteInvited, SiteJoined, SiteRetired, SiteRevoked
from bilin.sites.registry.model import KnownSite, SiteState

logger = structlog.get_logger(__name__)

SELECT_SITES = """
SELECT number, name, address, joined, retired, joined IS NOT NULL AND invitation <= revoked AS is_revoked
  FROM sites.site ORDER BY number"""
FOUNDING = KnownSite(FOUNDER, "", "", "joined", None)
"""The founding site before anybody gave it a name."""
CHANGING = frozenset(
    each.TYPE.name for each in (SiteAdded, SiteChanged, SiteInvited, SiteJoined, SiteRevoked, SiteRetired)
)
"""The types of events that change the registry."""


def _site(row: asyncpg.Record) -> KnownSite:
    joined = None if row["joined"] is None else Id(row["joined"])
    return KnownSite(row["number"], row["name"], row["address"], _state(row), joined)


def _state(row: asyncpg.Record) -> SiteState:
    if row["retired"] is not None:
        return "retired"
    if row["is_revoked"]:
        return "revoked"
    return "invited" if row["joined"] is None and row["number"] != FOUNDER else "joined"


async def read_sites(db: Connection) -> dict[int, KnownSite]:
    """All sites by number; the founding site is always among them."""
    return {FOUNDER: FOUNDING} | {row["number"]: _site(row) for row in await db.fetch(SELECT_SITES)}


class SiteRegistry:
    """The sites of the company in the memory of one process. Others listen for changes."""

    def __init__(self, sites: Mapping[int, KnownSite] | None = None) -> None:
        self.sites: Mapping[int, KnownSite] = {FOUNDER: FOUNDING} if sites is None else sites
        self._listeners: list[Callable[[], None]] = []
        self._stir = asyncio.Event()

    @contextmanager
    def listening(self, listener: Callable[[], None]) -> Iterator[None]:
        """Call a function whenever the roll changed, for the time of the block."""
        self._listeners.append(listener)
        try:
            yield
        finally:
            self._listeners.remove(listener)

    def state(self, number: int) -> SiteState | None:
        """None: there is no such site."""
        site = self.sites.get(number)
        return None if site is None else site.state

    def joined(self, besides: int) -> list[int]:
        """The numbers of all joined sites but one."""
        return [number for number, site in self.sites.items() if site.state == "joined" and number != besides]

    async def read(self, pool: Pool) -> None:
        """Read it again, and tell the listeners when it changed."""
        async with reading(pool) as db:
            found = await read_sites(db)
        if found != self.sites:
            self.sites = found
            for listener in list(self._listeners):
                listener()

    def hear(self, entries: Sequence[Entry]) -> None:
        """Listener of the tail."""
        if any(entry.type in CHANGING for entry in entries):
            self.look_again()

    def look_again(self) -> None:
        """Something may have changed."""
        self._stir.set()

    async def run(self, pool: Pool) -> None:
        """Keep it true, for ever."""
        while True:
            await self._stir.wait()
            self._stir.clear()
            try:
                await self.read(pool)
            except Unavailable as cause:
                logger.warning("sites.roll_waits", reason=repr(cause.__cause__))
                await asyncio.sleep(1)
                self._stir.set()
