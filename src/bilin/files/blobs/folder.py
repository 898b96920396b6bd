"""A store that is a folder.

Not `obstore`'s: that one asks for the real path of its folder, and a site that runs as a user of its own reaches its
data folder by a descriptor alone.
"""

import asyncio
import errno
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bilin.files.blobs.store import Store, StoreAway, is_name, path_of

HALF = ".half"
"""Ends the name of a copy that is under way."""


class FolderStore(Store):
    """A folder of this machine, or one that several machines share."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._folder = folder

    async def put(self, name: str, source: Path, *, anew: bool = False) -> None:
        """A second name for the same file, where both are on one file system: nothing is copied then. What was written
        to it has to be on disk before."""
        await asyncio.to_thread(self._put, name, source, anew)

    async def read(self, name: str, start: int, end: int) -> bytes:
        return await asyncio.to_thread(self._read, name, start, end)

    async def size(self, name: str) -> int | None:
        place = self._folder / path_of(name)
        with _answering(), suppress(FileNotFoundError):
            return (await asyncio.to_thread(place.stat)).st_size
        return None

    async def delete(self, name: str) -> None:
        place = self._folder / path_of(name)
        with _answering():
            await asyncio.to_thread(place.unlink, missing_ok=True)

    async def listed(self) -> AsyncIterator[list[tuple[str, int]]]:
        with _answering():
            for each in await asyncio.to_thread(lambda: sorted(self._folder.iterdir())):
                if each.is_dir():
                    yield await asyncio.to_thread(_blobs_in, each)

    def _put(self, name: str, source: Path, anew: bool) -> None:
        place = self._folder / path_of(name)
        with _answering():
            place.parent.mkdir(mode=0o700, exist_ok=True)
            try:
                if anew:
                    _replace(source, place)
                else:
                    os.link(source, place)
            except FileExistsError:
                pass
            except OSError as cause:
                if cause.errno not in (errno.EXDEV, errno.EPERM, errno.EOPNOTSUPP):
                    raise
                _copy(source, place)
            for folder in (place.parent, self._folder):
                sync_folder(folder)

    def _read(self, name: str, start: int, end: int) -> bytes:
        with _answering():
            descriptor = os.open(self._folder / path_of(name), os.O_RDONLY | os.O_CLOEXEC)
            try:
                found = b""
                while len(found) < end - start:
                    more = os.pread(descriptor, end - start - len(found), start + len(found))
                    if not more:
                        raise FileNotFoundError(f"{name} ends before {end}")
                    found = found + more if found else more
            finally:
                os.close(descriptor)
        return found


def sync_folder(folder: Path) -> None:
    """Have the names in a folder on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _replace(source: Path, place: Path) -> None:
    """Without a moment in which there is nothing."""
    half = place.with_name(place.name + HALF)
    half.unlink(missing_ok=True)
    os.link(source, half)
    half.replace(place)
    half.unlink(missing_ok=True)  # of two names for the same file renaming does away with neither


def _copy(source: Path, place: Path) -> None:
    """To another file system, or one without second names; a half copy is never taken for a blob."""
    half = place.with_name(place.name + HALF)
    try:
        shutil.copyfile(source, half)
        with half.open("rb+") as copy:
            os.fchmod(copy.fileno(), 0o600)
            os.fsync(copy.fileno())
        half.replace(place)
    finally:
        half.unlink(missing_ok=True)


def _blobs_in(folder: Path) -> list[tuple[str, int]]:
    with os.scandir(folder) as entries:
        return [(each.name, each.stat().st_size) for each in entries if is_name(each.name)]


@contextmanager
def _answering() -> Iterator[None]:
    """That something is not there is an answer; all else that goes wrong is `StoreAway`."""
    try:
        yield
    except FileNotFoundError:
        raise
    except OSError as cause:
        raise StoreAway(str(cause)[:200]) from cause
