"""Where blobs lie: a folder of this site, or any S3, behind one small port.

A blob is put once, whole, under a name that says what it is, and never changed. What lies here is sealed: a store
learns sizes and times, and nothing else.
"""

import os
from collections.abc import AsyncIterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import obstore
from obstore.store import LocalStore, S3Store

from bilin.core.errors import Unavailable
from bilin.core.settings import Settings, SiteSettings
from bilin.files.settings import FilesSettings

FOLDER = Path("files/blobs")
"""In the data folder."""
UPLOAD_BYTES = 8 << 20
"""S3 takes large objects in parts of this size."""
PAGE = 500


class StoreAway(Unavailable):
    """The store does not answer."""

    code = "files.store_away"
    title = "The place where files are kept does not answer"
    hint = "Try again in a moment. If it stays so, the administrator looks at `bilin doctor`."
    retry_after_s = 5


class Store:
    """Objects of an S3, through `obstore`. All that is asked raises `StoreAway` when it does not answer."""

    def __init__(self, objects: Any) -> None:
        self._objects = objects

    async def put(self, name: str, source: Path) -> None:
        """Take in a file that is whole and on disk, in parts, so that it is never in memory. It stays where it is; when
        this returns the blob is as safe as it gets. A blob of this name that is there already is the same."""
        with _answering():
            await obstore.put_async(self._objects, path_of(name), source, use_multipart=True, chunk_size=UPLOAD_BYTES)

    async def read(self, name: str, start: int, end: int) -> bytes:
        """Some of its bytes. Raises `FileNotFoundError`, also when it ends before them."""
        try:
            return bytes(await obstore.get_range_async(self._objects, path_of(name), start=start, end=end))
        except FileNotFoundError:
            raise
        except Exception as cause:
            size = await self.size(name)
            if size is not None and size < end:
                raise FileNotFoundError(f"{name} ends before {end}") from cause
            raise StoreAway(str(cause)[:200]) from cause

    async def size(self, name: str) -> int | None:
        """How large it is; None: it is not here."""
        with _answering(), suppress(FileNotFoundError):
            return int((await obstore.head_async(self._objects, path_of(name)))["size"])
        return None

    async def delete(self, name: str) -> None:
        """Let it be gone, also when it was not there."""
        with _answering(), suppress(FileNotFoundError):
            await obstore.delete_async(self._objects, path_of(name))

    async def listed(self) -> AsyncIterator[list[tuple[str, int]]]:
        """All blobs page by page, with their sizes. What has no name of a blob is nobody's business here."""
        with _answering():
            async for page in obstore.list(self._objects, chunk_size=PAGE):
                found = [(each["path"].rpartition("/")[2], int(each["size"])) for each in page]
                yield [(name, size) for name, size in found if is_name(name)]


class FolderStore(Store):
    """A folder of this machine, or one that several machines share."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        super().__init__(LocalStore(folder))
        self._folder = folder

    async def put(self, name: str, source: Path) -> None:
        """A second name for the same file: nothing is copied. What was written to it has to be on disk before."""
        place = self._folder / path_of(name)
        place.parent.mkdir(mode=0o700, exist_ok=True)
        with suppress(FileExistsError):
            os.link(source, place)
        for folder in (place.parent, self._folder):
            sync_folder(folder)


def open_store(settings: Settings) -> Store:
    """The store that the settings name."""
    own = settings[FilesSettings]
    return _s3_store(own) if own.store else FolderStore(settings[SiteSettings].data_dir / FOLDER)


def _s3_store(own: FilesSettings) -> Store:
    bucket, _, prefix = own.store.removeprefix("s3://").strip("/").partition("/")
    more: dict[str, Any] = {"endpoint": own.s3_endpoint} if own.s3_endpoint else {}
    objects = S3Store(
        bucket,
        prefix=prefix or None,
        region=own.s3_region,
        access_key_id=own.s3_access_key,
        secret_access_key=own.s3_secret_key,
        virtual_hosted_style_request=False,
        client_options={"allow_http": own.s3_endpoint.startswith("http://")},
        **more,
    )
    return Store(objects)


def path_of(name: str) -> str:
    """Where a blob lies: in one of 256 folders. Raises `ValueError` for what is no name of a blob."""
    if not is_name(name):
        raise ValueError(f"{name!r} is no name of a blob")
    return f"{name[:2]}/{name}"


def is_name(name: str) -> bool:
    """Whether it is the SHA-256 of something in hexadecimal digits."""
    return len(name) == 64 and all(sign in "0123456789abcdef" for sign in name)


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class _answering:  # noqa: N801 (used as a function)
    """Turns what a store refuses into `StoreAway`; that something is not there is an answer."""

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: type[BaseException] | None, cause: BaseException | None, _: object) -> None:
        if isinstance(cause, FileNotFoundError | StoreAway) or not isinstance(cause, Exception):
            return
        raise StoreAway(str(cause)[:200]) from cause
