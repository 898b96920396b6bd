"""Previews of pictures, each made once, whoever asks first."""

import asyncio
from typing import Final

import structlog

from bilin.core.errors import BilinError, Unavailable
from bilin.core.ids import site_of
from bilin.core.site import Site
from bilin.files.between.asking import ask_preview
from bilin.files.between.opening import opened_from_anywhere
from bilin.files.errors import BytesElsewhere, BytesMissing, PictureTooLarge, PictureUnreadable, PreviewsAway
from bilin.files.previews.keeping import Known, load, save
from bilin.files.previews.looking import Looker
from bilin.files.shared.download import Part
from bilin.files.shared.reading import SharedFile
from bilin.pictures import MAX_CLEANED_BYTES, NO_LOCK, TOO_LARGE, UNREADABLE
from bilin.sites import Network

logger = structlog.get_logger(__name__)

SMALL, LARGE = 640, 2_048
"""Pixels of the longer side: in a conversation on a dense screen, and as large as a window."""
SIDES: Final = {"small": SMALL, "large": LARGE}
AT_ONCE = 2
"""Pictures that are in memory at a time."""
SHOWN: Final = frozenset(f"image/{each}" for each in ("jpeg", "png", "webp", "gif", "avif", "heic", "heif"))


class Previews:
    """One for a process."""

    def __init__(self, site: Site) -> None:
        self._site, self._looker = site, Looker()
        self._turns = asyncio.Semaphore(AT_ONCE)
        self._running: dict[tuple[str, int], asyncio.Future[Known | BilinError]] = {}

    async def preview(self, file: SharedFile, side: int) -> bytes:
        """WebP. Raises `PictureTooLarge`, `PictureUnreadable`, `PreviewsAway`, and what opening the file raises."""
        found = await asyncio.shield(self.begin(file, side))
        if isinstance(found, BilinError):
            raise found
        if found.trouble:
            raise PictureTooLarge if found.trouble == TOO_LARGE else PictureUnreadable
        return found.body

    def begin(self, file: SharedFile, side: int) -> "asyncio.Future[Known | BilinError]":
        """Have it made without waiting."""
        key = file.blob, side
        ended = self._running.get(key)
        if ended is None:
            ended = self._running[key] = asyncio.get_running_loop().create_future()
            self._site.spawn("files-preview", self._run(file, side, ended))
        return ended

    async def _run(self, file: SharedFile, side: int, ended: "asyncio.Future[Known | BilinError]") -> None:
        found: Known | BilinError = Unavailable()
        try:
            found = await self._found(file, side)
        except BilinError as error:
            found = error
        finally:
            del self._running[file.blob, side]
            ended.set_result(found)

    async def _found(self, file: SharedFile, side: int) -> Known:
        if file.media_type not in SHOWN:
            return Known(UNREADABLE, b"")
        if file.size > MAX_CLEANED_BYTES:
            return Known(TOO_LARGE, b"")
        known = await load(self._site, file, side)
        if known is None:
            known = await (self._made(file, side) if file.is_here else self._brought(file, side))
            await save(self._site, file, side, known)
        return known

    async def _made(self, file: SharedFile, side: int) -> Known:
        async with self._turns:
            body = await opened_from_anywhere(self._site, file, Part(0, file.size, is_whole=True))
            picture = b"".join([each async for each in body])
            made = await self._looker.look(picture, side)
        if made is None or made.trouble == NO_LOCK:
            raise PreviewsAway
        return Known(made.trouble, made.preview)

    async def _brought(self, file: SharedFile, side: int) -> Known:
        """From the site that has the picture: a preview is small, and the picture may not be."""
        number, network = site_of(file.file), self._site.get(Network)
        known = network.roll.sites.get(number)
        if number == self._site.number or known is None:
            raise BytesMissing
        if not network.is_reachable(number):
            raise BytesElsewhere(site=number, name=known.name)
        return Known(*await ask_preview(network, number, file, side))
