"""The audit chain over the log (as in RFC 9162, section 2: each state commits to all before it), under a key.

A link is an HMAC under a key that is derived from the master key and so lies outside the database: who can change every
table and lacks the key cannot make the chain say something else (decision 0033). It covers events as they are, not as
they are encrypted: changing the keys at rest does not break it. It keeps the hash of each event apart, so that the text
of an event may be erased later and the chain still be walked.

Releases before 0.3 made links without a key, of fewer fields. They stay, and the first link under a key covers them.
"""

import hashlib
import struct
from base64 import b64encode
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, Protocol

from bilin.core.codec import to_json
from bilin.core.crypto import AuditKey, Keyring
from bilin.core.database import Connection
from bilin.core.log import Follower
from bilin.core.log.store import Audience, Row, read_stored

SAID = ("id", "site", "actor", "key", "span", "type", "version", "arrived")
ALL_SAID = (*SAID, "mark", "command", "scope", "topics")
"""Columns that a link speaks of, in this order."""
IDS = ("id", "actor", "arrived")
"""Written as text, as ids are everywhere."""
GENESIS = b"\x00" * 32
NOBODY = Audience(b"", None)
"""The audience of an event of a type that was not known yet when it came."""
SELECT_LAST = "SELECT chain FROM governance.audit WHERE pos = $1"
INSERT_AUDIT = """
INSERT INTO governance.audit (pos, content, chain, key)
SELECT *, $4 FROM unnest($1::bigint[], $2::bytea[], $3::bytea[])"""


class Columns(Protocol):
    """Of a row of the log, by name."""

    def __getitem__(self, name: str, /) -> Any: ...


class AuditChain(Follower):
    """Adds a link for every event."""

    name = "governance.audit"

    def __init__(self, key: AuditKey) -> None:
        self._key = key

    async def step(self, db: Connection, keys: Keyring, after: int, through: int) -> int:
        """A link says what stands in the log: no event is made of it."""
        stored = await read_stored(db, keys, after, through)
        if not stored:
            return after
        positions: list[int] = [row["pos"] for row, _ in stored]
        contents = [_hash(row, row, data) for row, data in stored]
        before = GENESIS if positions[0] == 1 else await db.fetchval(SELECT_LAST, positions[0] - 1)
        if before is None or any(later != earlier + 1 for earlier, later in pairwise(positions)):
            raise RuntimeError(f"the log has a hole before or after position {positions[0]}")
        await db.execute(INSERT_AUDIT, positions, contents, self._links(before, positions, contents), self._key.id)
        return positions[-1]

    def _links(self, before: bytes, positions: Sequence[int], contents: Sequence[bytes]) -> list[bytes]:
        chain = []
        for pos, content in zip(positions, contents, strict=True):
            before = link(self._key, before, pos, content)
            chain.append(before)
        return chain


def content_hash(row: Row, audience: Audience) -> bytes:
    """What the chain says of one event: every column of its row in the log but the position, which the link has.

    Columns are named and those that are null left out, so that one added later changes nothing of the past.
    """
    record = row.record
    columns = {
        "id": record.id,
        "site": record.site,
        "actor": record.actor,
        "key": record.key,
        "span": row.span,
        "type": row.entry.type,
        "version": row.version,
        "arrived": record.arrived,
        "mark": row.mark,
        "command": row.command,
    }
    return _hash(columns, {"scope": audience.scope, "topics": audience.topics}, row.data)


def _hash(columns: Columns, audience: Columns, data: bytes) -> bytes:
    values = [columns[name] if columns[name] is None or name not in IDS else str(columns[name]) for name in SAID]
    values += [_text(columns["mark"]), _text(columns["command"]), audience["scope"], _text(audience["topics"])]
    about = to_json({name: value for name, value in zip(ALL_SAID, values, strict=True) if value is not None})
    return hashlib.sha256(struct.pack(">I", len(about)) + about + data).digest()


def link(key: AuditKey, before: bytes, pos: int, content: bytes) -> bytes:
    """The state of the chain after one event."""
    return key.sign(before + struct.pack(">q", pos) + content)


def old_content_hash(row: Row) -> bytes:
    """What links without a key say of an event."""
    record = row.record
    about = to_json([record.id, record.site, record.actor, record.key, row.entry.type, row.version])
    return hashlib.sha256(struct.pack(">I", len(about)) + about + row.data).digest()


def old_link(before: bytes, pos: int, content: bytes) -> bytes:
    """A link without a key: anybody can make it."""
    return hashlib.sha256(before + struct.pack(">q", pos) + content).digest()


def _text(value: bytes | None) -> str | None:
    return None if value is None else b64encode(value).decode()
