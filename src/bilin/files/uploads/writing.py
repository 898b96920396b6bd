"""The file of an upload that has not ended: pieces are sealed as they come. What reads and writes blocks: call it in
threads."""

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
    new_header,
    piece_at,
    pieces_of,
    sealed_size,
)
from bilin.files.blobs.folder import sync_folder
from bilin.files.blobs.looking import Looked, look, write_at
from bilin.files.errors import UploadBusy, UploadNotFound

FOLDER = Path("files/uploads")
"""In the data folder."""


def path_of(settings: Settings, upload: int) -> Path:
    """Where an upload lies until it has ended."""
    return settings[SiteSettings].data_dir / FOLDER / str(upload)


def begin(path: Path) -> None:
    """Make the file, with its header, on disk."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    try:
        os.write(descriptor, new_header())
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    sync_folder(path.parent)


@contextmanager
def held(path: Path) -> Iterator[int]:
    """The file, for one request alone. Raises `UploadBusy`, and `UploadNotFound` when there is none (any more)."""
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError as cause:
        raise UploadNotFound from cause
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as cause:
            raise UploadBusy from cause
        if not os.fstat(descriptor).st_nlink:  # it ended between opening and locking
            raise UploadNotFound
        yield descriptor
    finally:
        os.close(descriptor)


class PieceWriter:
    """Takes the bytes of an upload in order, and says how many are there.

    Pieces that are whole on disk count as come, also those that a crash left behind the last that was told of. Of one
    that a crash cut off nothing counts: it is sealed anew, from the same bytes unless a client betrays itself.
    """

    def __init__(self, descriptor: int, key: bytes, size: int, received: int, rest: bytes) -> None:
        """`received` and `rest` as they were told last."""
        self._descriptor = descriptor
        self.cipher = Cipher(key, os.pread(descriptor, HEADER_BYTES, 0), size)
        self._next = self._whole_pieces()
        told, cut = divmod(received, PIECE_BYTES)
        is_told = self._next == (pieces_of(size) if received == size else told)
        self.rest = rest if is_told and received < size and len(rest) == cut else b""
        os.ftruncate(descriptor, min(piece_at(self._next), sealed_size(size)))

    def _whole_pieces(self) -> int:
        there, size = os.fstat(self._descriptor).st_size, self.cipher.size
        if there >= sealed_size(size):
            return pieces_of(size)
        return max(0, there - HEADER_BYTES) // SEALED_PIECE_BYTES

    @property
    def received(self) -> int:
        """How many bytes of the file are here."""
        return min(self._next * PIECE_BYTES, self.cipher.size) + len(self.rest)

    @property
    def is_whole(self) -> bool:
        """Whether all pieces are there."""
        return self._next > self.cipher.last

    def write(self, data: bytes) -> None:
        """Take further bytes. Who calls sees to it that they are not too many. Raises `OSError` when there is no room:
        none of them count then."""
        data = self.rest + data
        at, sealed = 0, []
        behind = self._next
        while behind <= self.cipher.last and len(data) - at >= (length := self.cipher.length(behind)):
            sealed.append(self.cipher.seal(behind, data[at : at + length]))
            at += length
            behind += 1
        try:
            write_at(self._descriptor, b"".join(sealed), piece_at(self._next))
        except OSError:
            os.ftruncate(self._descriptor, piece_at(self._next))
            raise
        self._next, self.rest = behind, data[at:]

    def sync(self) -> None:
        """Have it on disk."""
        os.fdatasync(self._descriptor)

    def read(self) -> bytes:
        """All of it. Raises `PieceDamaged`."""
        size = sealed_size(self.cipher.size) - HEADER_BYTES
        return self.cipher.open_all(0, self._next, os.pread(self._descriptor, size, HEADER_BYTES))

    def look(self) -> Looked:
        """Read all of it back, as it is on disk. Raises `PieceDamaged`."""
        return look(self._descriptor, self.cipher)


def remove(path: Path) -> None:
    """Give it up, if it is there."""
    with suppress(FileNotFoundError):
        path.unlink()
