"""At a site that lacks the bytes of a file, or whose own are damaged: bring them from one that has them, once for all
who wait, going on after a cut where it was."""

import asyncio
from collections.abc import Sequence
from time import monotonic

import structlog

from bilin.core.database import snapshot
from bilin.core.errors import BilinError, Unavailable
from bilin.core.ids import site_of
from bilin.core.site import Site
from bilin.files.between.arriving import Arriving, TakenByAnother, held, path_of, received, remove
from bilin.files.between.messages import BYTES, AskBytes, NotHere, encoder
from bilin.files.blobs.catalogue import Whole, take_over
from bilin.files.blobs.cipher import PieceDamaged, sealed_size
from bilin.files.blobs.room import on_disk, require_room
from bilin.files.blobs.store import Store
from bilin.files.errors import BytesElsewhere, BytesMissing, OnItsWay
from bilin.files.shared.reading import SharedFile
from bilin.sites import Network, NotYours, SiteUnreachable, sites_with

logger = structlog.get_logger(__name__)

PATIENCE_S = 3.0
"""So long who opens a small file waits for it; then they are told how far it is."""
ASK_TIMEOUT_S = 20.0
AT_ONCE = 3
"""So many files come at a time: what people say to each other comes over the same line."""
MAX_PIECES = 8
"""Half a megabyte in one answer."""
QUICK_S, SLOW_S = 0.5, 2.0
"""Messages wait behind an answer on a thin line: it is made smaller until it takes no longer than this."""


class Fetcher:
    """Brings blobs from other sites. One for a web process; several of them take turns by a lock on the file."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._running: dict[str, asyncio.Future[BilinError | None]] = {}
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def bring(self, file: SharedFile) -> None:
        """Have the bytes in the store. Raises `OnItsWay` when that takes longer, `BytesElsewhere` when the site that
        has them cannot be reached, `BytesMissing` when nobody has them, `SiteFull` and `StoreAway`."""
        ended = self.begin(file)
        await asyncio.wait({ended}, timeout=PATIENCE_S)
        if not ended.done():
            raise self._on_its_way(file)
        if (trouble := ended.result()) is not None:
            raise trouble

    def begin(self, file: SharedFile) -> "asyncio.Future[BilinError | None]":
        """Bring it without waiting, unless it is being brought."""
        ended = self._running.get(file.blob)
        if ended is None:
            ended = self._running[file.blob] = asyncio.get_running_loop().create_future()
            self._site.spawn("files-fetching", self._run(file, ended))
        return ended

    async def _run(self, file: SharedFile, ended: "asyncio.Future[BilinError | None]") -> None:
        trouble: BilinError | None = Unavailable()
        try:
            async with self._turns:
                await self._fetch(file)
            trouble = None
        except TakenByAnother:
            trouble = self._on_its_way(file)
        except BilinError as error:
            trouble = error
            logger.info("files.not_brought", blob=file.blob, reason=repr(error))
        finally:
            del self._running[file.blob]
            ended.set_result(trouble)

    async def _fetch(self, file: SharedFile) -> None:
        path = path_of(self._site.settings, file.blob)
        with on_disk(), held(path) as descriptor:
            arriving = await asyncio.to_thread(Arriving, descriptor, file.key, file.size)
            await require_room(path.parent, sealed_size(file.size) - received(path, file.size), self._site.settings)
            await self._take_from_any(file, arriving)
            try:
                looked = await asyncio.to_thread(arriving.end)
            except PieceDamaged as cause:
                remove(path)
                raise BytesMissing from cause
            if looked.name != file.blob:  # whoever sent the file has lied of it
                remove(path)
                raise BytesMissing
            whole = Whole(file.blob, looked.digest, file.size, file.key, path)
            site = self._site
            await take_over(site.pool, site.keys, site.get(Store), whole, site.clock.next(), site_of(file.file))
            remove(path)

    async def _take_from_any(self, file: SharedFile, arriving: Arriving) -> None:
        away: int | None = None
        for number in await self._holders(file):
            try:
                await self._take(file, arriving, number)
            except (NotHere, NotYours, PieceDamaged) as cause:
                logger.info("files.not_there", blob=file.blob, site=number, reason=repr(cause))
            except BilinError as error:
                if error.code != NotHere.code:
                    away = away or number
                    logger.info("files.site_away", blob=file.blob, site=number, reason=repr(error))
            else:
                return
        if away is None:
            raise BytesMissing
        raise BytesElsewhere(site=away, name=self._name_of(away))

    async def _take(self, file: SharedFile, arriving: Arriving, number: int) -> None:
        network, pieces = self._site.get(Network), 1
        if not arriving.is_whole and not network.is_reachable(number):
            raise SiteUnreachable(site=number)
        while not arriving.is_whole:
            asked = AskBytes(int(file.conversation), int(file.file), file.blob, *arriving.span(pieces))
            began = monotonic()
            sealed = await network.ask(number, encoder.encode(asked), BYTES, ASK_TIMEOUT_S)
            await asyncio.to_thread(arriving.write, sealed, pieces)
            took = monotonic() - began
            pieces = min(pieces * 2, MAX_PIECES) if took < QUICK_S else max(1, pieces // 2) if took > SLOW_S else pieces

    async def _holders(self, file: SharedFile) -> Sequence[int]:
        """Sites that may have it: first where it was sent, then all others of the conversation."""
        async with snapshot(self._site.pool) as (db, _):
            others = await sites_with(db, file.conversation)
        first = site_of(file.file)
        ordered = [first, *sorted(others - {first})]
        joined = self._site.get(Network).roll.joined(besides=self._site.number)
        return [number for number in ordered if number in joined]

    def _on_its_way(self, file: SharedFile) -> OnItsWay:
        first = site_of(file.file)
        here = received(path_of(self._site.settings, file.blob), file.size)
        return OnItsWay(received=here, size=file.size, site=first, name=self._name_of(first))

    def _name_of(self, number: int) -> str:
        known = self._site.get(Network).roll.sites.get(number)
        return known.name if known is not None else ""
