"""The hash chain over the log (as in RFC 9162, section 2: each state commits to all before it).

The chain covers events as they are, not as they are encrypted: changing the keys at rest does not break it. It keeps
the hash of each event apart, so that the text of an event may be erased later and the chain still be walked.
"""

import hashlib
import struct
from collections.abc import Sequence
from itertools import pairwise

from bilin.core.codec import to_json
from bilin.core.database import Connection
from bilin.core.log import Follower
from bilin.core.log.store import Row

GENESIS = b"\x00" * 32
SELECT_LAST = "SELECT chain FROM governance.audit WHERE pos = $1"
INSERT_AUDIT = """
INSERT INTO governance.audit (pos, content, chain) SELECT * FROM unnest($1::bigint[], $2::bytea[], $3::bytea[])"""


class AuditChain(Follower):
    """Adds a link for every event."""

    name = "governance.audit"

    async def follow(self, db: Connection, rows: Sequence[Row]) -> None:
        positions = [row.record.pos for row in rows]
        contents = [content_hash(row) for row in rows]
        before = GENESIS if positions[0] == 1 else await db.fetchval(SELECT_LAST, positions[0] - 1)
        if before is None or any(later != earlier + 1 for earlier, later in pairwise(positions)):
            raise RuntimeError(f"the log has a hole before or after position {positions[0]}")
        await db.execute(INSERT_AUDIT, positions, contents, link(before, positions, contents))


def content_hash(row: Row) -> bytes:
    """What the chain says of one event: all that is recorded of it but its position."""
    record = row.record
    about = to_json([record.id, record.site, record.actor, record.key, row.entry.type, row.version])
    return hashlib.sha256(struct.pack(">I", len(about)) + about + row.data).digest()


def link(before: bytes, positions: Sequence[int], contents: Sequence[bytes]) -> list[bytes]:
    """The states of the chain after each event."""
    chain = []
    for pos, content in zip(positions, contents, strict=True):
        before = hashlib.sha256(before + struct.pack(">q", pos) + content).digest()
        chain.append(before)
    return chain
