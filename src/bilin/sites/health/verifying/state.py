"""The rows of this site that another site must have, too."""

from collections.abc import Sequence
from itertools import pairwise

from bilin.core.database import Connection, Pool, reading, snapshot
from bilin.core.digests import Key, Part, Piece, Reader, Sum
from bilin.core.log.runs import START, Position
from bilin.core.log.store import read_runs
from bilin.core.scopes import scopes_ever_of, scopes_of
from bilin.sites.health.verifying.comparing import FEW_ROWS
from bilin.sites.health.verifying.questions import Stand
from bilin.sites.homes.home_map import read_homes

SELECT_FOLLOWED = "SELECT run, pos FROM sites.position WHERE holder = $1 AND whose = $1"
SELECT_NEEDS = "SELECT count(*) FROM sites.need WHERE holder = $1"


class State:
    """Answers about this site's rows; of conversations those that were shared when it was opened."""

    def __init__(self, pool: Pool, scopes: Sequence[int]) -> None:
        self._pool, self._scopes = pool, scopes

    async def pieces(self, part: Part, start: Key, end: Key, size: int, count: int) -> list[Piece]:
        async with reading(self._pool) as db:
            return await Reader(db, self._scopes).pieces(part, start, end, size, count)

    async def sums(self, part: Part, bounds: Sequence[Key]) -> list[Sum]:
        async with reading(self._pool) as db:
            reader = Reader(db, self._scopes)
            return [await reader.sum(part, start, end) for start, end in pairwise(bounds)]

    async def hashes(self, part: Part, start: Key, end: Key) -> list[tuple[Key, int]]:
        async with reading(self._pool) as db:
            return await Reader(db, self._scopes).hashes(part, start, end, FEW_ROWS + 1)

    async def line(self, part: Part, key: Key) -> str | None:
        async with reading(self._pool) as db:
            return await Reader(db, self._scopes).line(part, key)


async def open_state(pool: Pool, here: int, other: int) -> tuple[State, Stand]:
    """The state as another site should know it, and where this site stands, of one moment."""
    async with snapshot(pool) as (db, head):
        scopes = await _shared_scopes(db, here, other)
        runs = await read_runs(db)
        followed = await db.fetchrow(SELECT_FOLLOWED, other)
        stand = Stand(
            position=Position(runs[-1][0] if runs else 0, head),
            followed=START if followed is None else Position(followed["run"], followed["pos"]),
            needs=await db.fetchval(SELECT_NEEDS, other),
        )
    return State(pool, scopes), stand


async def _shared_scopes(db: Connection, here: int, other: int) -> list[int]:
    """Conversations in which people of both sites are present, and nobody is or was whose unit lets nothing out."""
    homes = await read_homes(db)
    kept = homes.said_by("nothing", "conversation")
    both = await scopes_of(db, homes.at_home(here)) & await scopes_of(db, homes.at_home(other))
    return sorted(both - await scopes_ever_of(db, kept))
