"""Reading a whole sealed file back from disk: what it is called by its bytes, and what it says. It blocks: call it in
threads."""

import hashlib
import os
from typing import NamedTuple

from bilin.files.blobs.cipher import SEALED_PIECE_BYTES, Cipher, piece_at
from bilin.files.kinds import HEAD_BYTES

LOOK_PIECES = 64


class Looked(NamedTuple):
    """What a file turned out to be, read back from disk."""

    name: str
    """SHA-256 of its sealed bytes, hexadecimal."""
    digest: bytes
    """SHA-256 of what it says."""
    head: bytes
    """How it begins."""


def look(descriptor: int, cipher: Cipher) -> Looked:
    """Read all of it, as it is on disk. Raises `PieceDamaged`."""
    sealed_hash, plain_hash, head = hashlib.sha256(cipher.header), hashlib.sha256(), b""
    for first in range(0, cipher.last + 1, LOOK_PIECES):
        behind = min(first + LOOK_PIECES, cipher.last + 1)
        sealed = os.pread(descriptor, LOOK_PIECES * SEALED_PIECE_BYTES, piece_at(first))
        plain = cipher.open_all(first, behind, sealed)
        head = head or plain[:HEAD_BYTES]
        sealed_hash.update(sealed)
        plain_hash.update(plain)
    return Looked(sealed_hash.hexdigest(), plain_hash.digest(), head)


def write_at(descriptor: int, data: bytes, place: int) -> None:
    """All of it, however little is taken at a time."""
    view = memoryview(data)
    while view:
        written = os.pwrite(descriptor, view, place)
        view, place = view[written:], place + written
