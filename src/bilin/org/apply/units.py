"""Units: what was said of each, and the tree that follows from it."""

from collections.abc import Iterable, Mapping
from typing import Any

from bilin.core.database import Connection
from bilin.core.events import Batch, Recorded, Work, applies
from bilin.org.apply.merging import Row, columns, say
from bilin.org.events import UnitAdded, UnitChanged, UnitRemoved
from bilin.org.names import unit_sort_key
from bilin.org.tree import Place, Said, places

SAID = ("name", "kind", "rank", "locale", "moved_to")
FIELDS = ("id", *(column for field in SAID for column in (field, f"{field}_id")), "added", "removed")
SELECT = f"SELECT {', '.join(FIELDS)} FROM org.unit WHERE id = ANY($1::bigint[])"  # noqa: S608 (constants)
UPSERT = f"""
INSERT INTO org.unit ({", ".join(FIELDS)}, sort)
SELECT * FROM unnest($1::bigint[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::int[], $7::bigint[],
                     $8::text[], $9::bigint[], $10::bigint[], $11::bigint[], $12::bigint[], $13::bigint[], $14::text[])
ON CONFLICT (id) DO UPDATE SET {", ".join(f"{name} = excluded.{name}" for name in (*FIELDS[1:], "sort"))}"""  # noqa: S608
SPEAK_OF = "INSERT INTO org.unit (id) SELECT DISTINCT unnest($1::bigint[]) ON CONFLICT DO NOTHING RETURNING id"
SELECT_TREE = "SELECT id, moved_to, moved_to_id, kind, added, removed, parent, path, branch, stands FROM org.unit"
PLACE = """
UPDATE org.unit u SET parent = new.parent, path = new.path, branch = new.branch, stands = new.stands
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[])
  AS new(id, parent, path, branch, stands) WHERE u.id = new.id"""


@applies(UnitAdded)
async def apply_unit_added(work: Work, added: Batch[UnitAdded]) -> None:
    rows = await _rows(work.db, added.column("unit"))
    for record in added:
        unit = record.event
        row = rows[unit.unit]
        row["added"] = _earliest(row["added"], record.id)
        say(row, record.id, {"name": unit.name, "kind": unit.kind, "rank": unit.rank, "moved_to": unit.parent})
    await _write(work.db, rows)


@applies(UnitChanged)
async def apply_unit_changed(work: Work, changed: Batch[UnitChanged]) -> None:
    rows = await _rows(work.db, changed.column("unit"))
    for record in changed:
        say(rows[record.event.unit], record.id, _said(record))
    await _write(work.db, rows)


@applies(UnitRemoved)
async def apply_unit_removed(work: Work, removed: Batch[UnitRemoved]) -> None:
    rows = await _rows(work.db, removed.column("unit"))
    for record in removed:
        row = rows[record.event.unit]
        row["removed"] = _earliest(row["removed"], record.id)
    await _write(work.db, rows)


async def speak_of_units(db: Connection, units: Iterable[int]) -> None:
    """Give units that somebody works in a place, though nothing else of them may have come yet."""
    if await db.fetch(SPEAK_OF, list(units)):
        await _derive_tree(db)


def _said(record: Recorded[UnitChanged]) -> Mapping[str, Any]:
    unit = record.event
    return {"name": unit.name, "kind": unit.kind, "rank": unit.rank, "locale": unit.locale, "moved_to": unit.parent}


def _earliest(known: int | None, event: int) -> int:
    return event if known is None else min(known, event)


async def _rows(db: Connection, units: list[int]) -> dict[int, Row]:
    """What is known of these units; nothing of one that nobody has spoken of."""
    found = {row["id"]: dict(row) for row in await db.fetch(SELECT, units)}
    return {unit: found.get(unit) or _unknown(unit) for unit in units}


def _unknown(unit: int) -> Row:
    said = {"name": "", "kind": "team", "rank": 0, "locale": None, "moved_to": None}
    return {"id": unit, "added": None, "removed": None, **said, **{f"{field}_id": 0 for field in said}}


async def _write(db: Connection, rows: Mapping[int, Row]) -> None:
    sorts = [unit_sort_key(row["name"]) if row["name"] else "" for row in rows.values()]
    await db.execute(UPSERT, *columns(rows.values(), FIELDS), sorts)
    await _derive_tree(db)


async def _derive_tree(db: Connection) -> None:
    """Give every unit the place that follows from all that was said, and write those that have another one now."""
    rows = await db.fetch(SELECT_TREE)
    said = (
        Said(
            row["id"],
            row["moved_to"],
            row["moved_to_id"],
            row["kind"],
            row["added"] is not None,
            row["removed"] is not None,
        )
        for row in rows
    )
    present = {row["id"]: Place(row["parent"], row["path"], row["branch"], row["stands"]) for row in rows}
    new = [(unit, *place) for unit, place in places(said).items() if place != present[unit]]
    if new:
        await db.execute(PLACE, *map(list, zip(*new, strict=True)))
