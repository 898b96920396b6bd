"""What other sites are told of this site's audit chain."""

import asyncio

import msgspec

from bilin.core.codec import Int64
from bilin.core.database import Connection, head, reading
from bilin.core.log.store import read_run, read_runs
from bilin.core.settings import SiteSettings
from bilin.core.site import Site
from bilin.governance.anchors import ANCHOR_FILE, AnchorsChanged, read_anchors
from bilin.sites import AUDIT, Head, Links, Network

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

    async def answer(self, _: int, question: bytes) -> bytes:
        """Raises `msgspec.DecodeError` when it is no question."""
        positions = _decode(question)[:MAX_ASKED]
        async with reading(self._site.pool) as db:
            links = {row["pos"]: row["chain"] for row in await db.fetch(SELECT_LINKS, positions)}
            linked = await read_head(db)
            said = Links(
                links, linked.pos if linked else 0, await head(db), await read_runs(db), await self._restored()
            )
        return msgspec.msgpack.encode(said)

    async def _restored(self) -> list[tuple[int, int]]:
        return await asyncio.to_thread(self._read_restored)

    def _read_restored(self) -> list[tuple[int, int]]:
        path = self._site.settings[SiteSettings].data_dir / ANCHOR_FILE
        try:
            found = [each for each in read_anchors(path, self._site.keys.audit) if each.kind == "restored"]
        except (AnchorsChanged, OSError):
            return []
        return [(each.pos, each.at_ms) for each in found]


async def start(site: Site) -> None:
    """In the web process: answer the other sites."""
    site.get(Network).answer(AUDIT, AuditDesk(site).answer)
