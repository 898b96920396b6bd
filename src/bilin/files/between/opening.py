"""Opening a file wherever its bytes are."""

from collections.abc import AsyncIterator

from bilin.core.site import Site
from bilin.files.between.fetching import Fetcher
from bilin.files.blobs.cipher import sealed_size
from bilin.files.blobs.store import Store
from bilin.files.errors import BytesMissing
from bilin.files.shared.download import Part, opened
from bilin.files.shared.reading import SharedFile


async def opened_from_anywhere(site: Site, file: SharedFile, part: Part) -> AsyncIterator[bytes]:
    """The bytes of a part. Those that are not here, or are damaged, are brought first. Raises what `Fetcher.bring`
    raises."""
    store, fetcher = site.get(Store), site.get(Fetcher)
    if file.is_here:
        try:
            return _mending(await opened(store, file, part), file, fetcher)
        except BytesMissing:
            pass
    await fetcher.bring(file)
    return await opened(store, file, part)


async def be_here(site: Site, file: SharedFile) -> None:
    """The bytes are here, as far as their size tells; else they are brought. Raises what `Fetcher.bring` raises."""
    if not file.is_here or await site.get(Store).size(file.blob) != sealed_size(file.size):
        await site.get(Fetcher).bring(file)


async def _mending(body: AsyncIterator[bytes], file: SharedFile, fetcher: Fetcher) -> AsyncIterator[bytes]:
    """What turns out to be damaged further down ends the answer; it is whole when it is asked for again."""
    try:
        async for each in body:
            yield each
    except BytesMissing:
        fetcher.begin(file)
        raise
