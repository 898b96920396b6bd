"""Writes down the head of the audit chain while Bilin runs, in the worker."""

import asyncio

import structlog
from prometheus_client import Gauge

from bilin.core import telemetry
from bilin.core.database import Connection, reading
from bilin.core.errors import Unavailable
from bilin.core.log.store import read_run
from bilin.core.settings import SiteSettings
from bilin.core.site import Site
from bilin.governance.anchors import ANCHOR_FILE, AnchorFile

logger = structlog.get_logger(__name__)

EVERY_S = 10.0
FIRST_S = 1.0
"""How often it is tried while nothing was ever anchored: a chain without an anchor proves less."""
SELECT_HEAD = "SELECT pos, chain FROM governance.audit ORDER BY pos DESC LIMIT 1"
SELECT_AT = "SELECT chain FROM governance.audit WHERE pos = $1"
is_unanchored = Gauge(
    "bilin_audit_chain_differs_from_anchor",
    "1 when the audit chain is not what was last written down outside the database: run `bilin audit verify`",
    registry=telemetry.registry,
)


class Anchoring:
    """Appends an anchor every `EVERY_S` when the chain went on, and a last one when the worker ends."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def run(self) -> None:
        """Anchor for ever."""
        file = AnchorFile(self._site.settings[SiteSettings].data_dir / ANCHOR_FILE, self._site.keys.audit)
        try:
            await self._compare(file)
            while True:
                await self._try(file)
                await asyncio.sleep(FIRST_S if file.last is None else EVERY_S)
        finally:
            try:
                await self._try(file)
            finally:
                file.close()

    async def _try(self, file: AnchorFile) -> None:
        try:
            async with reading(self._site.pool) as db:
                await write_anchor(db, file)
        except Unavailable as cause:
            logger.warning("audit.anchor_waits", reason=repr(cause.__cause__))

    async def _compare(self, file: AnchorFile) -> None:
        """Say it aloud when the chain is not what was written down last: it was changed, or a backup was put back."""
        if file.last is None:
            return
        async with reading(self._site.pool) as db:
            chain = await db.fetchval(SELECT_AT, file.last.pos)
        differs = chain is None or chain.hex() != file.last.chain
        is_unanchored.set(differs)
        if differs:
            logger.critical("audit.differs_from_anchor", pos=file.last.pos, anchored_ms=file.last.at_ms)


async def write_anchor(db: Connection, file: AnchorFile) -> None:
    """Write down the head of the chain, unless it is the last line already."""
    head = await db.fetchrow(SELECT_HEAD)
    run = await read_run(db)
    if head is None:
        return
    if file.last is None or (file.last.run, file.last.chain) != (str(run), head["chain"].hex()):
        await asyncio.to_thread(file.append, "head", run, head["pos"], head["chain"])
