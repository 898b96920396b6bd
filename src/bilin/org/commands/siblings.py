"""Units below the same one have different names, so that a path of names finds one unit."""

from bilin.core.characters import fold
from bilin.core.database import Connection
from bilin.core.ids import UnitId
from bilin.org.errors import UnitNameTaken

SELECT_SIBLINGS = "SELECT name FROM org.unit WHERE parent = $1 AND id <> $2 AND stands = id"


async def refuse_name_taken(db: Connection, parent: UnitId, name: str, unit: UnitId | None = None) -> None:
    """Raises `UnitNameTaken` when another unit below the same one has the name (case makes no difference)."""
    rows = await db.fetch(SELECT_SIBLINGS, parent, unit or 0)
    if any(fold(row["name"]) == fold(name) for row in rows):
        raise UnitNameTaken(parent=parent, name=name)
