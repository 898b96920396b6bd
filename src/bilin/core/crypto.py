"""Encryption at rest: envelope keys, AES-256-GCM (NIST SP 800-38D), a random 96-bit nonce per body.

Every body is sealed with a data key of its scope (a conversation, or the site) and month. Data keys stand in the
database, wrapped by the site's master key, which is a file outside the database (mode 0600). Whoever copies the
database, or a backup of it, reads nothing without that file: back it up apart.

Layout of a sealed body: version (1) | algorithm (1) | key id (8) | nonce (12) | ciphertext | tag (16).
The header and the id of what is sealed are authenticated too, and in layout 2 the place it belongs to: what its owner
says of the row (messaging: conversation, message, kind, author). A body that lies anywhere else does not open.
"""

import hashlib
import hmac
import os
import secrets
import struct
from collections.abc import Iterable
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bilin import __version__
from bilin.core.database import Connection
from bilin.core.errors import BilinError
from bilin.core.ids import time_ms
from bilin.core.private_files import create_private, read_private

UNPLACED, PLACED = 1, 2
"""Layouts: the row is named by the id alone, or by the id and the place."""
AES_256_GCM = 1
NONCE_BYTES = 12
NONCES_AT_ONCE = 256
TAG_BYTES = 2
MARK_BYTES = 16
MS_PER_DAY = 86_400_000
HEADER = struct.Struct(">BBq")

SELECT_KEYS = "SELECT id, scope, month, wrapped FROM core.data_key WHERE id = ANY($1::bigint[])"
SELECT_SCOPES = """
SELECT k.id, k.scope, k.month, k.wrapped FROM core.data_key k
  JOIN unnest($1::bigint[], $2::int[]) AS wanted(scope, month) USING (scope, month)"""
SELECT_ANY_KEY = "SELECT id, scope, month, wrapped FROM core.data_key LIMIT 1"
INSERT_KEYS = """
INSERT INTO core.data_key (id, scope, month, wrapped)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::int[], $4::bytea[]) ON CONFLICT (scope, month) DO NOTHING"""


_nonces: list[bytes] = []
os.register_at_fork(after_in_child=_nonces.clear)  # a nonce is used once


class KeyMissing(BilinError):
    """The key file is not the one this database was sealed with."""

    code = "core.key_missing"
    status = 500
    title = "The master key does not open this database"
    hint = "Put back the key file that belongs to this database (keys/master.key of its data folder)."
    key: str | None = None


class BodyDamaged(BilinError):
    """A sealed body was changed outside of Bilin, or lies in the wrong row."""

    code = "core.body_damaged"
    status = 500
    title = "A stored body is damaged"
    hint = "Restore it from a backup; `bilin audit verify` tells what else was touched."
    id: str


def read_master_key(path: Path) -> bytes:
    """The 32 bytes of the master key; makes the file (0600, in a 0700 folder) when there is none yet."""
    if not path.exists():
        create_private(path, f"{secrets.token_hex(32)}\n".encode())
    return _key_in(path, read_private(path) or "")


def look_at_master_key(path: Path) -> bytes:
    """The same of a file that is there and left as it is, modes included. Raises `KeyMissing`."""
    return _key_in(path, path.read_text(encoding="ascii", errors="replace"))


def _key_in(path: Path, text: str) -> bytes:
    try:
        key = bytes.fromhex(text.strip())
    except ValueError:
        key = b""
    if len(key) != 32:
        raise KeyMissing(f"{path} does not hold a key of 64 hexadecimal digits")
    return key


def is_unplaced(body: bytes) -> bool:
    """Whether a body was sealed without naming its place, as releases before 0.2 did with all of them."""
    return body[0] == UNPLACED


def month_of(identifier: int) -> int:
    """The month (UTC) in an id, as year * 12 + month - 1."""
    return _month_of_day(time_ms(identifier) // MS_PER_DAY)


@lru_cache(maxsize=1024)
def _month_of_day(day: int) -> int:
    at = datetime.fromtimestamp(day * MS_PER_DAY / 1000, UTC)
    return at.year * 12 + at.month - 1


class AuditKey:
    """What the audit chain and its anchors are made with: HMAC-SHA256 (RFC 2104) under a key of their own, derived from
    the master key (HKDF, RFC 5869). Who has the database alone cannot make a link."""

    __slots__ = ("_key", "id")

    def __init__(self, master_key: bytes) -> None:
        self._key = _derived(master_key, b"bilin: audit chain")
        self.id = int.from_bytes(_derived(master_key, b"bilin: name of the key of the audit chain")[:4])
        """Names the key in every link that it made, so that another may follow it."""

    def sign(self, said: bytes) -> bytes:
        """32 bytes that only who has the key can make of `said`."""
        return hmac.digest(self._key, said, "sha256")


class SearchKey:
    """What the search index is made with: keyed BLAKE2b (RFC 7693) under a key of its own, cut to 32 bits. Who has the
    database alone reads no word in it, and cannot ask it for one."""

    __slots__ = ("_key",)

    def __init__(self, master_key: bytes) -> None:
        self._key = _derived(master_key, b"bilin: search index")

    def token(self, domain: bytes, said: bytes) -> int:
        """A signed 32-bit number for something said; in another domain (16 bytes at most) the same is another one."""
        cut = hashlib.blake2b(said, digest_size=4, key=self._key, person=domain).digest()
        return int.from_bytes(cut, "big", signed=True)


class ContentKey:
    """What the same content is known again by (HMAC-SHA256 of its SHA-256): who has the database alone cannot tell
    whether a file that they know is here."""

    __slots__ = ("_key",)

    def __init__(self, master_key: bytes) -> None:
        self._key = _derived(master_key, b"bilin: contents of files")

    def name(self, digest: bytes) -> bytes:
        """32 bytes for a hash of 32 bytes."""
        return hmac.digest(self._key, digest, "sha256")


class Keyring:
    """Unwrapped data keys of one process. `ensure` or `load` first (they ask the database), then `seal` and `open`."""

    def __init__(self, master_key: bytes) -> None:
        self._master = AESGCM(master_key)
        self._mark_key = _derived(master_key, b"bilin: marks of own events")
        self._command_key = _derived(master_key, b"bilin: commands of keys")
        self._command_tag = hmac.digest(self._command_key, __version__.encode(), "sha256")[:TAG_BYTES]
        self.audit = AuditKey(master_key)
        self.search = SearchKey(master_key)
        self.contents = ContentKey(master_key)
        self._ciphers: dict[int, AESGCM] = {}
        self._by_scope: dict[tuple[int, int], int] = {}

    async def ensure(self, db: Connection, scopes: Iterable[tuple[int, int]]) -> None:
        """Have the keys of these (scope, id) pairs ready, making those that do not exist.

        Call it outside of a transaction.
        """
        named = ((scope, month_of(identifier)) for scope, identifier in scopes)
        wanted = {name for name in named if name not in self._by_scope}
        if not wanted:
            return
        pairs = sorted(wanted)
        columns = [scope for scope, _ in pairs], [month for _, month in pairs]
        ids = [secrets.randbits(62) for _ in pairs]
        wrapped = [self._wrap(i, *pair) for i, pair in zip(ids, pairs, strict=True)]
        await db.execute(INSERT_KEYS, ids, *columns, wrapped)
        self._remember(await db.fetch(SELECT_SCOPES, *columns))

    async def load(self, db: Connection, bodies: Iterable[bytes | None]) -> None:
        """Have the keys ready that open these sealed bodies."""
        needed = (HEADER.unpack_from(body)[2] for body in bodies if body)
        missing = {key for key in needed if key not in self._ciphers}
        if missing:
            self._remember(await db.fetch(SELECT_KEYS, list(missing)))

    async def is_of(self, db: Connection) -> bool:
        """Whether the master key is the one that this database was written with; also of one that holds no key yet."""
        try:
            self._remember(await db.fetch(SELECT_ANY_KEY))
        except KeyMissing:
            return False
        return True

    def seal(self, scope: int, identifier: int, plain: bytes, place: bytes = b"") -> bytes:
        """Encrypt a body that belongs to the id and, if one is given, to a place; with the scope's key of the id's
        month."""
        key_id = self._by_scope[scope, month_of(identifier)]
        header = HEADER.pack(PLACED if place else UNPLACED, AES_256_GCM, key_id)
        nonce = _nonce()
        return header + nonce + self._ciphers[key_id].encrypt(nonce, plain, header + _pack(identifier) + place)

    def open(self, identifier: int, body: bytes, place: bytes = b"") -> bytes:
        """Decrypt a body that belongs to the id and the place. Raises `BodyDamaged`, or `KeyMissing` when its key is
        gone. Of a body that `is_unplaced` the place is not proven: who opens it must have asked the log."""
        version, algorithm, key_id = HEADER.unpack_from(body)
        if version not in (UNPLACED, PLACED if place else UNPLACED) or algorithm != AES_256_GCM:
            raise BodyDamaged(id=str(identifier))
        cipher = self._ciphers.get(key_id)
        if cipher is None:
            raise KeyMissing(key=str(key_id))
        start = HEADER.size + NONCE_BYTES
        try:
            said = body[: HEADER.size] + _pack(identifier) + (place if version == PLACED else b"")
            return cipher.decrypt(body[HEADER.size : start], body[start:], said)
        except InvalidTag as cause:
            raise BodyDamaged(id=str(identifier)) from cause

    def mark(self, identifier: int, actor: int | None, kind: str, version: int, data: bytes) -> bytes:
        """Proof that an event is this site's own, for when it comes back from another site: nobody else can make it.

        HMAC-SHA256 (RFC 2104) cut to 16 bytes, under a key derived from the master key (HKDF, RFC 5869).
        """
        about = f"{identifier} {actor} {version} {len(kind)} {kind}".encode()  # takes any values: they may be forged
        return hmac.digest(self._mark_key, about + data, "sha256")[:MARK_BYTES]

    def fingerprint(self, command: bytes) -> bytes:
        """What is stored of a command beside its Idempotency-Key, under a key: so no password in it can be guessed.
        Keyed BLAKE2b (RFC 7693): every message that is sent passes here.

        It begins with a tag of the program's version and of the key: another version may write the same command in
        another way.
        """
        return self._command_tag + hashlib.blake2b(command, digest_size=MARK_BYTES, key=self._command_key).digest()

    def _wrap(self, key_id: int, scope: int, month: int) -> bytes:
        nonce = secrets.token_bytes(NONCE_BYTES)
        return nonce + self._master.encrypt(nonce, secrets.token_bytes(32), struct.pack(">qqi", key_id, scope, month))

    def _remember(self, rows: Iterable[Any]) -> None:
        for row in rows:
            about = struct.pack(">qqi", row["id"], row["scope"], row["month"])
            wrapped: bytes = row["wrapped"]
            try:
                key = self._master.decrypt(wrapped[:NONCE_BYTES], wrapped[NONCE_BYTES:], about)
            except InvalidTag as cause:
                raise KeyMissing(key=str(row["id"])) from cause
            self._ciphers[row["id"]] = AESGCM(key)
            self._by_scope[row["scope"], row["month"]] = row["id"]


def are_same(one: bytes | None, other: bytes | None) -> bool:
    """Whether two fingerprints may be of the same command: an unknown one, or one of another version, tells nothing."""
    return one == other or one is None or other is None or one[:TAG_BYTES] != other[:TAG_BYTES]


def _nonce() -> bytes:
    """A random nonce. The system is asked for many at a time: each message takes two, and asking costs 4 µs."""
    try:
        return _nonces.pop()
    except IndexError:
        fresh = secrets.token_bytes(NONCE_BYTES * NONCES_AT_ONCE)
        nonce, *others = [fresh[at : at + NONCE_BYTES] for at in range(0, len(fresh), NONCE_BYTES)]
        _nonces.extend(others)
        return nonce


def _derived(master_key: bytes, purpose: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=purpose).derive(master_key)


def _pack(identifier: int) -> bytes:
    return struct.pack(">q", identifier)
