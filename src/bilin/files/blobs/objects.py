"""A store that is an S3, through `obstore`."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import obstore
from obstore.store import S3Store

from bilin.files.blobs.store import Store, StoreAway, is_name, path_of
from bilin.files.settings import FilesSettings

UPLOAD_BYTES = 8 << 20
"""S3 takes large objects in parts of this size."""
PAGE = 500


class ObjectStore(Store):
    """Objects under a prefix of a bucket."""

    def __init__(self, objects: Any) -> None:
        self._objects = objects

    async def put(self, name: str, source: Path, *, anew: bool = False) -> None:
        """In parts, so that it is never in memory. What is there is replaced in any case."""
        with _answering():
            await obstore.put_async(self._objects, path_of(name), source, use_multipart=True, chunk_size=UPLOAD_BYTES)

    async def read(self, name: str, start: int, end: int) -> bytes:
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
        with _answering(), suppress(FileNotFoundError):
            return int((await obstore.head_async(self._objects, path_of(name)))["size"])
        return None

    async def delete(self, name: str) -> None:
        with _answering(), suppress(FileNotFoundError):
            await obstore.delete_async(self._objects, path_of(name))

    async def listed(self) -> AsyncIterator[list[tuple[str, int]]]:
        with _answering():
            async for page in obstore.list(self._objects, chunk_size=PAGE):
                found = [(each["path"].rpartition("/")[2], int(each["size"])) for each in page]
                yield [(name, size) for name, size in found if is_name(name)]


def s3_store(own: FilesSettings) -> ObjectStore:
    """The S3 that the settings name."""
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
    return ObjectStore(objects)


@contextmanager
def _answering() -> Iterator[None]:
    """That something is not there is an answer; all else that goes wrong is `StoreAway`."""
    try:
        yield
    except (FileNotFoundError, StoreAway, ValueError):
        raise
    except Exception as cause:
        raise StoreAway(str(cause)[:200]) from cause
