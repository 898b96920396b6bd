"""How the bytes of a file are sealed: STREAM over AES-256-GCM, in pieces that open one by one.

Source: Hoang, Reyhanitabar, Rogaway, Vizár, "Online Authenticated-Encryption and its Nonce-Reuse Misuse-Resistance"
(2015), section 7. Sealed bytes are a header (salt 32, nonce prefix 7) and pieces of 64 KiB with a tag of 16 bytes each;
the last may be shorter, and of an empty file it is empty. The key of the pieces is derived from the key of the file and
the salt (HKDF-SHA256, RFC 5869); the nonce of a piece is prefix, number and whether it is the last. So a piece that was
changed, put elsewhere, or left out does not open, and neither does the rest of what was cut off.

Where a piece stands follows from its number, and how many there are from the size of the file: whoever knows the size
opens any range.
"""

import secrets
import struct
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
SALT_BYTES = 32
PREFIX_BYTES = 7
HEADER_BYTES = SALT_BYTES + PREFIX_BYTES
PIECE_BYTES = 65_536
TAG_BYTES = 16
SEALED_PIECE_BYTES = PIECE_BYTES + TAG_BYTES
MAX_PIECES = 1 << 32
MAX_BYTES = MAX_PIECES * PIECE_BYTES
"""256 TiB: numbers of pieces have 32 bits."""
PURPOSE = b"bilin: pieces of a file, 1"


class PieceDamaged(ValueError):
    """A piece does not open: it was changed, is not the one that stands here, or belongs to another file."""


@dataclass(frozen=True, slots=True)
class Span:
    """The pieces that hold a range of a file, and where they stand in the sealed bytes."""

    first: int
    end: int
    """The piece behind the last of them."""
    sealed_start: int
    sealed_end: int
    skip: int
    """So many bytes of the first piece come before the range."""


class Cipher:
    """Seals and opens the pieces of one file of a known size."""

    __slots__ = ("_cipher", "_prefix", "header", "last", "size")

    def __init__(self, key: bytes, header: bytes, size: int) -> None:
        """`header`: the first bytes of what is sealed. Raises `ValueError` for what cannot be one."""
        if len(key) != KEY_BYTES or len(header) != HEADER_BYTES or not 0 <= size <= MAX_BYTES:
            raise ValueError("a key has 32 bytes, a header 39, and a file at most 256 TiB")
        derived = HKDF(SHA256(), KEY_BYTES, salt=header[:SALT_BYTES], info=PURPOSE).derive(key)
        self._cipher, self._prefix = AESGCM(derived), header[SALT_BYTES:]
        self.header, self.size = header, size
        self.last = pieces_of(size) - 1

    def seal(self, number: int, plain: bytes) -> bytes:
        """A piece. Raises `ValueError` when it is not as long as the piece of this number is."""
        if len(plain) != self.length(number):
            raise ValueError(f"piece {number} has {self.length(number)} bytes, and not {len(plain)}")
        return self._cipher.encrypt(self._nonce(number), plain, None)

    def open(self, number: int, sealed: bytes) -> bytes:
        """The bytes of a piece. Raises `PieceDamaged`."""
        if len(sealed) != self.length(number) + TAG_BYTES:
            raise PieceDamaged(f"piece {number} has another length")
        try:
            return self._cipher.decrypt(self._nonce(number), sealed, None)
        except InvalidTag as cause:
            raise PieceDamaged(f"piece {number} does not open") from cause

    def open_all(self, first: int, behind: int, sealed: bytes) -> bytes:
        """The bytes of the pieces from `first` up to, not including, `behind`. Raises `PieceDamaged`, also when some of
        them are missing."""
        if len(sealed) != min(piece_at(behind), sealed_size(self.size)) - piece_at(first):
            raise PieceDamaged(f"there are not {behind - first} pieces")
        view = memoryview(sealed)
        starts = range(0, len(sealed), SEALED_PIECE_BYTES)
        pieces = (view[start : start + SEALED_PIECE_BYTES] for start in starts)
        return b"".join(self.open(number, bytes(piece)) for number, piece in enumerate(pieces, first))

    def length(self, number: int) -> int:
        """How many bytes of the file a piece holds. Raises `ValueError` when there is none of this number."""
        if not 0 <= number <= self.last:
            raise ValueError(f"there is no piece {number}")
        return PIECE_BYTES if number < self.last else self.size - self.last * PIECE_BYTES

    def _nonce(self, number: int) -> bytes:
        return self._prefix + struct.pack(">I?", number, number == self.last)


def new_key() -> bytes:
    """A key for one file."""
    return secrets.token_bytes(KEY_BYTES)


def new_header() -> bytes:
    """The beginning of one file's sealed bytes."""
    return secrets.token_bytes(HEADER_BYTES)


def pieces_of(size: int) -> int:
    """How many pieces a file of this size has: one at least."""
    return max(1, -(-size // PIECE_BYTES))


def sealed_size(size: int) -> int:
    """How many bytes a file of this size has sealed."""
    return HEADER_BYTES + size + pieces_of(size) * TAG_BYTES


def piece_at(number: int) -> int:
    """Where a piece begins in the sealed bytes."""
    return HEADER_BYTES + number * SEALED_PIECE_BYTES


def span_of(size: int, start: int, end: int) -> Span:
    """The pieces that hold the bytes from `start` up to, not including, `end`. Raises `ValueError` when the file does
    not have them."""
    if not 0 <= start <= end <= size:
        raise ValueError(f"a file of {size} bytes has no range {start} to {end}")
    first = min(start // PIECE_BYTES, pieces_of(size) - 1)
    behind = max(first + 1, -(-end // PIECE_BYTES))
    return Span(first, behind, piece_at(first), min(piece_at(behind), sealed_size(size)), start - first * PIECE_BYTES)
