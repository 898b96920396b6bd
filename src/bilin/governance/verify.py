"""Walking the audit chain: does the log still say what it said, and does the chain say what was anchored?"""

from collections.abc import Callable, Sequence
from pathlib import Path

import asyncpg

from bilin.core.crypto import AuditKey, Keyring
from bilin.core.database import Connection, Pool, snapshot
from bilin.core.log.entry import pack_topics
from bilin.core.log.store import Audience, Damaged, Row, read_doubtfully, read_runs
from bilin.governance.anchored import Anchored
from bilin.governance.chain import GENESIS, NOBODY, content_hash, link, old_content_hash, old_link
from bilin.governance.findings import Finding, Report

STEP = 1000
SELECT_LINKS = "SELECT pos, content, chain, key FROM governance.audit WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_CHAIN = "SELECT chain FROM governance.audit WHERE pos = $1"
SELECT_HEAD = "SELECT coalesce(max(pos), 0) FROM governance.audit"
COUNT_OUTSIDE = "SELECT count(*) FROM core.log WHERE pos < 1"
Tell = Callable[[int, int], None]
"""Is told how many of how many events were looked at."""


def silent(_: int, __: int) -> None:
    """Tells nobody."""


async def verify_chain(pool: Pool, keys: Keyring, anchors: Sequence[Path] = (), tell: Tell = silent) -> Report:
    """Compute the whole chain again from the log, in one snapshot, and compare it with itself and with files of
    anchors: that of the data folder, and copies of it that were kept elsewhere."""
    async with snapshot(pool) as (db, log_head):
        return await Walk(db, keys, log_head).verify(anchors, tell)


class Walk:
    """One verification, on the connection of one snapshot."""

    def __init__(self, db: Connection, keys: Keyring, log_head: int) -> None:
        self._db, self._keys = db, keys
        self.report = Report(log_head=log_head)
        self._before: bytes | None = GENESIS
        self.common = 0
        """Through where the chain is what was anchored."""
        self._id: int | None = None
        """Of the last event: where one is missing it tells about when."""

    async def verify(self, anchors: Sequence[Path], tell: Tell = silent) -> Report:
        """Everything from the first position through the last that log, chain or anchors know."""
        report = self.report
        report.events = await self._db.fetchval(SELECT_HEAD)
        if outside := await self._db.fetchval(COUNT_OUTSIDE):
            report.note(Finding("outside", f"{outside} rows of the log stand before its beginning"))
        anchored = Anchored(report, self._keys.audit)
        for path in anchors:
            anchored.read(path)
        end = max(report.events, report.log_head)
        for start in range(0, end, STEP):
            await self._page(start, min(end, start + STEP), anchored)
            tell(min(end, start + STEP), end)
        anchored.judge(await read_runs(self._db), report.log_head)
        self.common = anchored.common
        return report

    async def verify_newest(self, count: int, anchors: Path) -> Report:
        """Only the newest links, against the one before them, and the anchors of these positions."""
        report = self.report
        report.events = await self._db.fetchval(SELECT_HEAD)
        start = max(0, report.events - count)
        self._before = await self._db.fetchval(SELECT_CHAIN, start) if start else GENESIS
        anchored = Anchored(report, self._keys.audit)
        anchored.read(anchors)
        anchored.leave_out_through(start)
        for first in range(start, report.events, STEP):
            await self._page(first, min(report.events, first + STEP), anchored)
        anchored.judge(await read_runs(self._db), report.log_head)
        return report

    async def _page(self, start: int, end: int, anchored: Anchored) -> None:
        rows = {_pos(row): row for row in await read_doubtfully(self._db, self._keys, start, end)}
        links = {row["pos"]: row for row in await self._db.fetch(SELECT_LINKS, start, end)}
        origins = {row["content"]: pos for pos, row in links.items()}
        for pos in range(start + 1, end + 1):
            row = rows.get(pos)
            self._id = row.record.id if isinstance(row, Row) else self._id
            self._before = self._position(pos, row, links.get(pos), origins)
            if self._before is not None:
                anchored.see(pos, self._before)
            if pos == self.report.events and self._before is not None:
                self.report.chain = self._before.hex()

    def _position(
        self, pos: int, row: Row | Damaged | None, stored: "asyncpg.Record | None", origins: dict[bytes, int]
    ) -> bytes | None:
        """Judge one position; the state of the chain after it, None when nobody knows."""
        if row is None:
            self.report.event("missing", "the event was taken out of the log", pos, self._id)
        elif isinstance(row, Damaged):
            self.report.event("damaged", f"the body of the event was exchanged or changed ({row.reason})", pos, row.id)
        if stored is None:
            return self._not_linked(pos, row)
        if isinstance(row, Row) and not _says(row, stored):
            self._tell_content(pos, row, origins)
        self._check_link(pos, stored)
        chain: bytes = stored["chain"]
        return chain

    def _not_linked(self, pos: int, row: Row | Damaged | None) -> bytes | None:
        """Behind its end the chain is not made yet; what it will be is known already."""
        if pos <= self.report.events:
            self.report.event("unlinked", "the link of the event was taken out of the chain", pos, self._id)
        if self._before is None or not isinstance(row, Row):
            return None
        return link(self._keys.audit, self._before, pos, content_hash(row, row.audience or NOBODY))

    def _tell_content(self, pos: int, row: Row, origins: dict[bytes, int]) -> None:
        origin = origins.get(content_hash(row, row.audience or NOBODY)) or origins.get(old_content_hash(row))
        if origin is not None:
            self.report.event("moved", f"the event of position {origin} stands here", pos, row.record.id)
            return
        said = "the event was changed (actor, time, type, words, audience or key)"
        self.report.event("changed", said, pos, row.record.id)

    def _check_link(self, pos: int, stored: "asyncpg.Record") -> None:
        if stored["key"] is not None:
            self.report.keyed_from = self.report.keyed_from or pos
        elif self.report.keyed_from is not None:
            self.report.event("unkeyed", "the link was made without the key", pos, self._id)
            return
        if self._before is None:
            return
        if stored["chain"] != _link(self._keys.audit, self._before, pos, stored):
            said = "the chain was computed anew without the key, or a link was changed"
            self.report.event("relinked", said, pos, self._id)


def _link(key: AuditKey, before: bytes, pos: int, stored: "asyncpg.Record") -> bytes | None:
    if stored["key"] is None:
        return old_link(before, pos, stored["content"])
    return link(key, before, pos, stored["content"]) if stored["key"] == key.id else None


def _says(row: Row, stored: "asyncpg.Record") -> bool:
    """Whether the link was made of this event. One of a type that was learned later was linked before it had an
    audience; what it has now must be what its type says."""
    if stored["key"] is None:
        return stored["content"] in (old_content_hash(row), content_hash(row, row.audience or NOBODY))
    audience = row.audience or NOBODY
    if content_hash(row, audience) == stored["content"]:
        return True
    learned = Audience(pack_topics(row.entry.topics), row.scope or None)
    return row.record.arrived is not None and audience == learned and content_hash(row, NOBODY) == stored["content"]


def _pos(row: Row | Damaged) -> int:
    return row.record.pos if isinstance(row, Row) else row.pos
