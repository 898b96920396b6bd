"""At a site that has the bytes of a file: hand them, or a preview, to a site that may have them."""

from bilin.core.database import snapshot
from bilin.core.ids import ConversationId, Id
from bilin.core.site import Site
from bilin.files.between.messages import NotHere, Preview, encoder, read, read_asked
from bilin.files.blobs.catalogue import is_of_its_site
from bilin.files.blobs.cipher import sealed_size
from bilin.files.blobs.store import Store
from bilin.files.errors import PictureTooLarge, PictureUnreadable
from bilin.files.previews.making import SIDES, Previews
from bilin.files.shared.reading import open_file
from bilin.pictures import TOO_LARGE, UNREADABLE
from bilin.sites import NotYours, sites_with

SELECT = f"""
SELECT b.size FROM files.file f JOIN files.blob b ON b.name = f.blob
 WHERE f.conversation = $1 AND f.file = $2 AND f.blob = $3 AND f.removed_id IS NULL
   AND {is_of_its_site("$4")}"""  # noqa: S608 (constants only)


class Giver:
    """Answers questions of the kinds `files.bytes` and `files.preview`."""

    def __init__(self, site: Site) -> None:
        self._site = site

    async def preview(self, asker: int, question: bytes) -> bytes:
        """The preview of a picture, under the same conditions. Raises `NotYours`, `NotHere`, `PreviewsAway`."""
        asked = read_asked(question)
        async with snapshot(self._site.pool) as (db, _):
            if asker not in await sites_with(db, asked.conversation):
                raise NotYours
            file = await open_file(db, self._site, ConversationId(asked.conversation), Id(asked.file))
        if file is None or not file.is_here or file.blob != asked.blob or asked.side not in SIDES.values():
            raise NotHere
        previews = self._site.get(Previews)
        try:
            return encoder.encode(Preview("", await previews.preview(file, asked.side)))
        except (PictureTooLarge, PictureUnreadable) as error:
            trouble = TOO_LARGE if isinstance(error, PictureTooLarge) else UNREADABLE
            return encoder.encode(Preview(trouble, b""))

    async def answer(self, asker: int, question: bytes) -> bytes:
        """The bytes, if the asking site has the conversation and the file is there still. What the asker is owed is
        asked again for every part: it ends at once. Raises `NotYours`, `NotHere`, `StoreAway`."""
        asked = read(question)
        async with snapshot(self._site.pool) as (db, _):
            if asker not in await sites_with(db, asked.conversation):
                raise NotYours
            size = await db.fetchval(SELECT, asked.conversation, asked.file, asked.blob, self._site.number)
        if size is None or asked.end > sealed_size(size):
            raise NotHere
        try:
            return await self._site.get(Store).read(asked.blob, asked.start, asked.end)
        except FileNotFoundError as cause:
            raise NotHere from cause
