"""Scopes: parts of the unit tree, as ranges of paths, for every query that must not show more than somebody may see.

`/` follows `.` in the collation "C", so the subtree of `r.3.` is `path >= 'r.3.' AND path < 'r.3/'`: one range of the
index, with no function on the column.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from bilin.core.database import Connection
from bilin.core.ids import UnitId

SELECT_PATHS = "SELECT path FROM org.unit WHERE id = ANY($1::bigint[]) AND stands = id"

SELECT_EXISTING = "SELECT id FROM org.unit WHERE id = ANY($1::bigint[]) AND stands = id"
SELECT_COVERED = """
SELECT EXISTS (
  SELECT FROM org.unit u JOIN org.unit top ON u.path >= top.path AND u.path < left(top.path, -1) || '/'
  WHERE u.id = $1 AND top.id = ANY($2::bigint[]) AND u.stands = u.id AND top.stands = top.id)"""

SELECT_ABOVE = """
SELECT top.id FROM org.unit u JOIN org.unit top ON starts_with(u.path, top.path)
WHERE u.id = $1 AND top.id <> u.id AND u.stands = u.id AND top.stands = top.id"""


@dataclass(frozen=True, slots=True)
class Scope:
    """A union of subtrees, each from a path up to `below`."""

    paths: tuple[str, ...]

    @property
    def ends(self) -> list[str]:
        """The first path after each subtree."""
        return [path[:-1] + "/" for path in self.paths]

    def covers(self, path: str) -> bool:
        """Whether a unit with this path lies in the scope."""
        return path.startswith(self.paths)

    def predicate(self, column: str, first: int) -> str:
        """SQL that is true for paths in the scope; takes `arguments` as parameters number `first` and `first + 1`."""
        return (
            f"EXISTS (SELECT FROM unnest(${first}::text[], ${first + 1}::text[]) AS scope(low, high)"
            f' WHERE {column} >= scope.low COLLATE "C" AND {column} < scope.high COLLATE "C")'
        )

    @property
    def arguments(self) -> tuple[list[str], list[str]]:
        """The parameters of `predicate`."""
        return list(self.paths), self.ends


async def scope_of(db: Connection, units: Sequence[UnitId]) -> Scope:
    """The scope of these units and everything below them; empty when there is none of them."""
    rows = await db.fetch(SELECT_PATHS, list(units))
    return Scope(tuple(sorted(row["path"] for row in rows)))


async def is_covered(db: Connection, unit: UnitId, by: Sequence[UnitId]) -> bool:
    """Whether a unit is one of these or lies below one of them. False for a unit that does not exist."""
    return bool(by) and bool(await db.fetchval(SELECT_COVERED, unit, list(by)))


async def units_above(db: Connection, unit: UnitId) -> list[UnitId]:
    """The ids of the units it lies below; none for the company, nor for a unit that does not exist."""
    return [UnitId(row["id"]) for row in await db.fetch(SELECT_ABOVE, unit)]


async def existing_units(db: Connection, units: Sequence[UnitId]) -> set[UnitId]:
    """Which of these units exist and were not removed."""
    return {UnitId(row["id"]) for row in await db.fetch(SELECT_EXISTING, list(units))}
