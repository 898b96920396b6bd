"""Heads of other sites' audit chains, kept here: who set back or rewrote a site's tables, or its folder, is found out.

A head comes with every status; the last of each run of that site's log is kept. Now and then the site is asked what its
chain says at those positions. Who changed its tables cannot answer right: links are made with a key, and are others
after whatever was changed. What was set back because a backup was put back is told apart, and is over when an
administrator there has said so (decision 0033).
"""

from collections.abc import Sequence

import msgspec

from bilin.core.database import Connection
from bilin.core.log.runs import end_of
from bilin.sites.replication.audit_head import Head

AUDIT = "audit"
"""The kind of question for links of a chain."""
MAX_KEPT = 32
"""Heads of a site that are kept: one for each run, the newest."""
LINK_BYTES = 32
SAVE = """
INSERT INTO sites.head AS h (site, run, pos, chain, heard_ms) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (site, run) DO UPDATE SET pos = excluded.pos, chain = excluded.chain, heard_ms = excluded.heard_ms
 WHERE excluded.pos > h.pos"""
PRUNE = """
DELETE FROM sites.head WHERE site = $1 AND run NOT IN
  (SELECT run FROM sites.head WHERE site = $1 ORDER BY heard_ms DESC LIMIT $2)"""
SELECT = "SELECT run, pos, chain, heard_ms FROM sites.head WHERE site = $1 ORDER BY heard_ms DESC LIMIT $2"
FORGET = "DELETE FROM sites.head WHERE site = $1 AND run = ANY($2::bigint[])"


class Kept(msgspec.Struct, frozen=True):
    """A head that was heard, Unix milliseconds."""

    head: Head
    heard_ms: int


class Links(msgspec.Struct, frozen=True, array_like=True):
    """What a site says of its chain: the links asked for, how far chain and log go, the runs of the log, and which
    backups an administrator said were put back: (through which position, when in Unix milliseconds)."""

    links: dict[int, bytes]
    linked: int
    head: int
    runs: list[tuple[int, int]]
    restored: list[tuple[int, int]]


async def keep(db: Connection, site: int, head: Head, now_ms: int) -> None:
    """Keep a head that a site told, unless a later one of that run is kept."""
    if head.pos > 0 and len(head.chain) == LINK_BYTES:
        await db.execute(SAVE, site, head.run, head.pos, head.chain, now_ms)
        await db.execute(PRUNE, site, MAX_KEPT)


async def kept_of(db: Connection, site: int) -> list[Kept]:
    """The heads of a site that are kept."""
    rows = await db.fetch(SELECT, site, MAX_KEPT)
    return [Kept(Head(row["run"], row["pos"], row["chain"]), row["heard_ms"]) for row in rows]


async def forget(db: Connection, site: int, runs: Sequence[int]) -> None:
    """What these heads say is over."""
    if runs:
        await db.execute(FORGET, site, list(runs))


def judged(kept: Sequence[Kept], said: Links) -> tuple[str | None, list[int]]:
    """What is wrong with a site's chain (`audit_changed`, `audit_set_back`; None: nothing), and the runs whose heads
    are over, because a backup was put back there."""
    found: set[str] = set()
    over: list[int] = []
    for each in kept:
        head = each.head
        if said.links.get(head.pos) == head.chain or said.linked < head.pos <= said.head:
            continue  # the latter: its worker has not come so far again
        if any(head.pos > pos and each.heard_ms <= at_ms for pos, at_ms in said.restored):
            over.append(head.run)
        elif head.pos <= end_of(said.runs, head.run, said.head):
            found.add("audit_changed")
        else:
            found.add("audit_set_back")
    return min(found, default=None), over
