"""Units: the tree, and how they sort, which follow from what was said of each."""

from collections.abc import Iterable
from typing import Any

from bilin.core.database import Connection
from bilin.core.events import Batch, Work, applies, write_all
from bilin.org.events import UnitAdded, UnitChanged, UnitRemoved
from bilin.org.names import unit_sort_key
from bilin.org.tree import Place, Said, places

SELECT_NAMES = "SELECT id, name, sort FROM org.unit WHERE id = ANY($1::bigint[])"
SORT = "UPDATE org.unit u SET sort = n.sort FROM unnest($1::bigint[], $2::text[]) AS n(id, sort) WHERE u.id = n.id"
SPEAK_OF = "INSERT INTO org.unit (id) SELECT DISTINCT unnest($1::bigint[]) ON CONFLICT DO NOTHING RETURNING id"
SELECT_TREE = "SELECT id, moved_to, moved_to_id, kind, added, removed, parent, path, branch, stands FROM org.unit"
PLACE = """
UPDATE org.unit u SET parent = new.parent, path = new.path, branch = new.branch, stands = new.stands
FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[])
  AS new(id, parent, path, branch, stands) WHERE u.id = new.id"""


@applies(UnitAdded)
async def apply_unit_added(work: Work, added: Batch[UnitAdded]) -> None:
    await _apply(work, added)


@applies(UnitChanged)
async def apply_unit_changed(work: Work, changed: Batch[UnitChanged]) -> None:
    await _apply(work, changed)


@applies(UnitRemoved)
async def apply_unit_removed(work: Work, removed: Batch[UnitRemoved]) -> None:
    await _apply(work, removed)


async def _apply(work: Work, units: Batch[Any]) -> None:
    """What follows from what is said: how a name sorts, and the tree."""
    await write_all(work, units)
    rows = await work.db.fetch(SELECT_NAMES, units.column("unit"))
    new = [(row["id"], sort) for row in rows if row["name"] and (sort := unit_sort_key(row["name"])) != row["sort"]]
    if new:
        await work.db.execute(SORT, *map(list, zip(*new, strict=True)))
    await _derive_tree(work.db)


async def speak_of_units(db: Connection, units: Iterable[int]) -> None:
    """Give units that somebody works in a place, though nothing else of them may have come yet."""
    if await db.fetch(SPEAK_OF, list(units)):
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
