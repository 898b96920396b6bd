"""Undoing what a site wrote since it was taken over: a plan that an administrator looks at, and the events that follow
from it. They are ordinary events of the founding site, in the log and the audit like all others."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool, snapshot
from bilin.core.events import Event, Recorded
from bilin.core.ids import Id
from bilin.core.log.store import read_at
from bilin.core.undoing import UNDOINGS, Undoing, put_back, staying

SELECT_UNDONE = """
SELECT pos FROM core.log WHERE site = $1 AND pos > $2 AND coalesce(arrived, id) >= $3 ORDER BY pos LIMIT $4"""
SELECT_NEEDED = """
SELECT pos FROM core.log WHERE type = ANY($1::text[])
UNION SELECT pos FROM core.log WHERE scope = ANY($2::bigint[]) AND type = ANY($3::text[])
UNION SELECT pos FROM core.log WHERE id = ANY($4::bigint[])"""
SELECT_KEPT = "SELECT id FROM sites.kept_back WHERE site = $1 ORDER BY id"
MAX_UNDONE = 100_000
PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Since:
    """From where on a site's events are undone: a position of this log, and when they came (an id)."""

    pos: int = 0
    arrived: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """What would be done."""

    wrote: Counter[str]
    """Events of the site by type."""
    stays: Counter[str]
    """Those of them that cannot be undone, or need not be."""
    events: Sequence[Event]
    """What puts the rest back."""
    kept_back: Sequence[Id]
    """What is kept back of the site."""
    is_whole: bool
    """There are no more: else it is to be done again."""


class Undo:
    """Plans it for one site."""

    def __init__(self, pool: Pool, keys: Keyring, new_id: Callable[[], int], locked: str) -> None:
        self._pool, self._keys, self._new_id, self._locked = pool, keys, new_id, locked

    async def plan(self, site: int, since: Since) -> Plan:
        """All of it, as of now."""
        modules = [cls(self._new_id, self._locked) for cls in UNDOINGS]
        async with snapshot(self._pool) as (db, _):
            places = [r["pos"] for r in await db.fetch(SELECT_UNDONE, site, since.pos, since.arrived, MAX_UNDONE)]
            undone = await self._read(db, places)
            needed = await self._read(db, await _needed(db, modules, undone))
            kept = [Id(row["id"]) for row in await db.fetch(SELECT_KEPT, site)]
        records = sorted({r.id: r for r in (*undone, *needed)}.values(), key=lambda r: r.id)
        ids = {record.id for record in undone}
        stays = staying()
        return Plan(
            Counter(_name(record) for record in undone),
            Counter(_name(record) for record in undone if type(record.event) in stays),
            [event for module in modules for event in put_back(module, records, ids)],
            kept,
            len(undone) < MAX_UNDONE,
        )

    async def _read(self, db: Connection, places: Sequence[int]) -> list[Recorded[Event]]:
        found: list[Recorded[Event]] = []
        for at in range(0, len(places), PAGE):
            found += [row.record for row in await read_at(db, self._keys, places[at : at + PAGE])]
        return found


async def _needed(db: Connection, modules: Sequence[Undoing], undone: Sequence[Recorded[Event]]) -> Sequence[int]:
    """Where the events lie that say what was there before."""
    types = {type(record.event) for record in undone}
    whole = [cls.TYPE.name for module in modules if types & set(module.READS) for cls in module.READS]
    scopes = list({record.event.key_scope() for record in undone} - {0})
    in_scope = [cls.TYPE.name for module in modules for cls in module.READS_IN_SCOPE]
    named = [identifier for module in modules for record in undone for identifier in module.named(record)]
    return sorted(row["pos"] for row in await db.fetch(SELECT_NEEDED, whole, scopes, in_scope, named))


def _name(record: Recorded[Event]) -> str:
    known = getattr(record.event, "TYPE", None)
    return known.name if known is not None else str(getattr(record.event, "name", "?"))
