"""What other sites are told of this site's audit chain."""

import asyncio

import msgspec

from bilin.core.codec import Int64
from bilin.core.database import Connection, head, reading
from bilin.core.log.store import read_run, read_runs
from bilin.core.settings import SiteSettings
from bilin.core.site import Site
from bilin.governance.anchors import ANCHOR_FILE, AnchorsChanged, read_anchors
from bilin.sites import AUDIT, BadBatch, Head, Links, Network

MAX_ASKED = 64
SELECT_HEAD = "SELECT pos, chain FROM governance.audit ORDER BY pos DESC LIMIT 1"
SELECT_LINKS = "SELECT pos, chain FROM governance.audit WHERE pos = ANY($1::bigint[])"
_decode = msgspec.msgpack.Decoder(list[Int64]).decode


async def read_head(db: Connection) -> Head | None:
    """The head of the chain, as it goes out with every status."""
    row = await db.fetchrow(SELECT_HEAD)
    return None if row is None else Head(await read_run(db), row["pos"], row["chain"])


class AuditDesk:
    """Answers what links the chain has at some positions."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._path = site.settings[SiteSettings].data_dir / ANCHOR_FILE
        self._read_at = (0, 0)
        self._restored: list[tuple[int, int]] = []
        """What the file of anchors said when it had this size and time: others may ask as often as they like."""

    async def answer(self, _: int, question: bytes) -> bytes:
        """Raises `BadBatch` when it is no question."""
        try:
            positions = _decode(question)[:MAX_ASKED]
        except msgspec.DecodeError as cause:
            raise BadBatch(f"A question for links is none: {cause}") from cause
        async with reading(self._site.pool) as db:
            links = {row["pos"]: row["chain"] for row in await db.fetch(SELECT_LINKS, positions)}
            linked = await read_head(db)
            end, runs = await head(db), await read_runs(db)
        await asyncio.to_thread(self._look)
        return msgspec.msgpack.encode(Links(links, linked.pos if linked else 0, end, runs, self._restored))

    def _look(self) -> None:
        try:
            now = self._path.stat()
            if (now.st_size, now.st_mtime_ns) != self._read_at:
                found = [each for each in read_anchors(self._path, self._site.keys.audit) if each.kind == "restored"]
                self._restored = [(each.pos, each.at_ms) for each in found]
                self._read_at = now.st_size, now.st_mtime_ns
        except (AnchorsChanged, OSError):
            self._restored = []


async def start(site: Site) -> None:
    """In the web process: answer the other sites."""
    site.get(Network).answer(AUDIT, AuditDesk(site).answer)
