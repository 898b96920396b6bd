"""Room on the disk: files never take what the database needs, as it lies there, too."""

import asyncio
import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bilin.core.settings import Settings
from bilin.files.errors import SiteFull
from bilin.files.settings import MEGABYTE, FilesSettings


async def require_room(folder: Path, more: int, settings: Settings) -> None:
    """Raises `SiteFull` where so many bytes more would take what stays free."""
    free = (await asyncio.to_thread(shutil.disk_usage, folder)).free
    if free - more < settings[FilesSettings].keep_free_mb * MEGABYTE:
        raise SiteFull


@contextmanager
def on_disk() -> Iterator[None]:
    """A disk that is full after all is told as such."""
    try:
        yield
    except OSError as cause:
        if cause.errno not in (errno.ENOSPC, errno.EDQUOT):
            raise
        raise SiteFull from cause
