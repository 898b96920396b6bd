"""Walking the audit chain: does the log still say what it said?"""

from dataclasses import dataclass

from bilin.core.crypto import Keyring
from bilin.core.database import Pool, snapshot
from bilin.core.errors import BilinError
from bilin.core.log.store import read_range
from bilin.governance.chain import GENESIS, content_hash, link

STEP = 1000
SELECT_LINKS = "SELECT pos, content, chain FROM governance.audit WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_HEAD = "SELECT coalesce(max(pos), 0) FROM governance.audit"


class AuditBroken(BilinError):
    """The log or its chain was changed outside of Bilin."""

    code = "governance.audit_broken"
    status = 500
    title = "The audit chain is broken"
    hint = "Compare this position with a backup; do not delete anything before that."


@dataclass(frozen=True, slots=True)
class Verified:
    """The chain holds: how many events it covers, its last hash (write it down elsewhere), and the log's own head."""

    events: int
    chain: str
    log_head: int


async def verify_chain(pool: Pool, keys: Keyring) -> Verified:
    """Compute the whole chain again from the log. Raises `AuditBroken` naming the first position that differs."""
    async with snapshot(pool) as (db, log_head):
        head: int = await db.fetchval(SELECT_HEAD)
        before = GENESIS
        for start in range(0, head, STEP):
            end = min(head, start + STEP)
            rows = await read_range(db, keys, start, end)
            links = await db.fetch(SELECT_LINKS, start, end)
            expected = list(range(start + 1, end + 1))
            for found, where in (([row.record.pos for row in rows], "log"), ([each["pos"] for each in links], "chain")):
                missing = set(expected) - set(found)
                if missing:
                    raise AuditBroken(f"position {min(missing)} is missing in the {where}")
            contents = [content_hash(row) for row in rows]
            chain = link(before, expected, contents)
            for pos, content, state, stored in zip(expected, contents, chain, links, strict=True):
                if (content, state) != (stored["content"], stored["chain"]):
                    raise AuditBroken(f"position {pos} is not what it was")
            before = chain[-1]
        return Verified(head, before.hex(), log_head)
