"""The file of a blob that comes from another site: proven piece by piece as it comes, and whole before it is kept. What
reads and writes blocks: call it in threads."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from bilin.core.settings import Settings, SiteSettings
from bilin.files.blobs.cipher import (
    HEADER_BYTES,
    PIECE_BYTES,
    SEALED_PIECE_BYTES,
    Cipher,
    PieceDamaged,
    piece_at,
    pieces_of,
    sealed_size,
)
from bilin.files.blobs.looking import Looked, look, write_at

FOLDER = Path("files/arriving")
"""In the data folder."""


def path_of(settings: Settings, blob: str) -> Path:
    """Where a blob lies until all of it is here."""
    return settings[SiteSettings].data_dir / FOLDER / blob


def received(path: Path, size: int) -> int:
    """How many bytes of a file of this size are here."""
    try:
        there = path.stat().st_size
    except FileNotFoundError:
        return 0
    return min(size, max(0, there - HEADER_BYTES) // SEALED_PIECE_BYTES * PIECE_BYTES)


class TakenByAnother(Exception):
    """Another process of this site brings it."""


@contextmanager
def held(path: Path) -> Iterator[int]:
    """The file, for one process alone. Raises `TakenByAnother`."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            raise TakenByAnother from cause
        if not os.fstat(descriptor).st_nlink:  # another process has just kept it
            raise TakenByAnother
        yield descriptor
    finally:
        os.close(descriptor)


class Arriving:
    """Takes sealed pieces in order. Those that a cut or crash left whole count as come."""

    def __init__(self, descriptor: int, key: bytes, size: int) -> None:
        self._descriptor, self._key, self._size = descriptor, key, size
        there = os.fstat(descriptor).st_size
        whole = there >= sealed_size(size)
        self._next = pieces_of(size) if whole else max(0, there - HEADER_BYTES) // SEALED_PIECE_BYTES
        self._cipher = Cipher(key, os.pread(descriptor, HEADER_BYTES, 0), size) if self._next else None
        os.ftruncate(descriptor, self._at)

    @property
    def is_whole(self) -> bool:
        return self._next == pieces_of(self._size)

    @property
    def _at(self) -> int:
        """Where the next sealed byte stands."""
        return min(piece_at(self._next), sealed_size(self._size)) if self._next else 0

    def span(self, pieces: int) -> tuple[int, int]:
        """What to ask for next: from and up to which sealed byte; the first pieces come with the header."""
        behind = min(self._next + pieces, pieces_of(self._size))
        return self._at, min(piece_at(behind), sealed_size(self._size))

    def write(self, sealed: bytes, pieces: int) -> None:
        """Take what was asked for. Raises `PieceDamaged` for what does not open, and keeps none of it then; `OSError`
        where there is no room."""
        start, end = self.span(pieces)
        if len(sealed) != end - start:
            raise PieceDamaged("another length than was asked for")
        behind = min(self._next + pieces, pieces_of(self._size))
        cipher = self._cipher or Cipher(self._key, sealed[:HEADER_BYTES], self._size)
        cipher.open_all(self._next, behind, sealed[piece_at(self._next) - start :])
        try:
            write_at(self._descriptor, sealed, start)
        except OSError:
            os.ftruncate(self._descriptor, start)
            raise
        self._cipher, self._next = cipher, behind

    def end(self) -> Looked:
        """All of it is here: have it on disk, and say what it is. Raises `PieceDamaged`."""
        if self._cipher is None:
            raise PieceDamaged("nothing of it is here")
        os.fdatasync(self._descriptor)
        return look(self._descriptor, self._cipher)


def remove(path: Path) -> None:
    """Give it up, if it is there."""
    with suppress(FileNotFoundError):
        path.unlink()
