"""Sealing what is in memory: a small file, or a picture. It blocks: call it in threads."""

import hashlib
import os
from pathlib import Path

from bilin.files.blobs.catalogue import Whole
from bilin.files.blobs.cipher import PIECE_BYTES, Cipher, new_header, new_key


def write_sealed(path: Path, plain: bytes) -> Whole:
    """A file of these bytes, sealed with a key of its own, on disk."""
    key, header = new_key(), new_header()
    cipher = Cipher(key, header, len(plain))
    pieces = range(0, max(1, len(plain)), PIECE_BYTES)
    sealed = header + b"".join(cipher.seal(at // PIECE_BYTES, plain[at : at + PIECE_BYTES]) for at in pieces)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(sealed)
        file.flush()
        os.fsync(file.fileno())
    return Whole(hashlib.sha256(sealed).hexdigest(), hashlib.sha256(plain).digest(), len(plain), key, path)
