"""A disk that is full for a while."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from tests.slow.namespaces.country import PlacedSite

STEP_BYTES = 1 << 16
BALLAST = "ballast"


@contextmanager
def full(site: PlacedSite) -> Iterator[None]:
    """Nothing more fits on the disk of a site for the time of the block."""
    handle = os.open(site.disk / BALLAST, os.O_WRONLY | os.O_CREAT)
    try:
        _fill(handle)
        yield
    finally:
        os.close(handle)
        (site.disk / BALLAST).unlink()


def _fill(handle: int) -> None:
    room = os.fstatvfs(handle)
    size = room.f_bavail * room.f_frsize
    while size >= STEP_BYTES:  # others write meanwhile: take what is left
        try:
            os.posix_fallocate(handle, os.fstat(handle).st_size, size)
        except OSError:
            size //= 2
