"""Import the units of a table: those that are missing are added, and a kind that differs is corrected."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import msgspec

from bilin.core.characters import fold
from bilin.core.commands import Context
from bilin.core.database import Connection, snapshot, versions
from bilin.core.events import Event
from bilin.core.ids import UnitId
from bilin.core.log import Decision, Expect
from bilin.core.permissions import require
from bilin.identity.errors import NotSetUp
from bilin.identity.imports.rows import Path, Table, UnitRow
from bilin.org import ORG_MANAGE, TREE, TreeUnit, UnitAdded, UnitChanged, UnitKind, unit_tree

IMPLIED_KIND: UnitKind = "department"
"""The kind of a unit that stands in a path only."""


class ImportUnits(msgspec.Struct, frozen=True):
    """Make these units exist."""

    units: tuple[UnitRow, ...]


@dataclass
class UnitPlan:
    """What changes, and where every unit is afterwards."""

    places: dict[Path, UnitId]
    events: list[Event] = field(default_factory=list)


async def import_units(command: ImportUnits, ctx: Context) -> Decision | None:
    """For whoever manages the whole company."""
    async with snapshot(ctx.site.pool) as (db, _):
        present = await manage_all_units(db, ctx)
        version = await versions(db, [TREE])
    plan = plan_units(present, command.units, ctx)
    return Decision(plan.events, [Expect(TREE, version[TREE])]) if plan.events else None


async def manage_all_units(db: Connection, ctx: Context) -> list[TreeUnit]:
    """All units, for whoever manages the company. Raises `Forbidden`, or `NotSetUp` when there is no company."""
    present = await unit_tree(db)
    if not present:
        raise NotSetUp
    await require(db, ctx, ORG_MANAGE, present[0].id)
    return present


def wanted_units(table: Table) -> tuple[UnitRow, ...]:
    """The units a table names, those of further posts included."""
    further = [UnitRow(person.line, post.path) for person in table.people for post in person.further or ()]
    return (*table.units, *further)


def plan_units(present: Sequence[TreeUnit], wanted: Iterable[UnitRow], ctx: Context) -> UnitPlan:
    """Compare the units there are with those a table names."""
    wanted = list(wanted)
    plan = UnitPlan(places_of(present))
    kinds = {key_of(row.path): row.kind for row in wanted if row.kind is not None}
    keys = {unit: key for key, unit in plan.places.items()}
    for unit in present:
        kind = kinds.get(keys[unit.id], unit.kind) if unit.id in keys else unit.kind
        if kind != unit.kind and unit.parent is not None:
            plan.events.append(UnitChanged(unit=unit.id, kind=kind))
    for row in wanted:
        for depth in range(2, len(row.path) + 1):
            key = key_of(row.path[:depth])
            if key not in plan.places:
                plan.places[key] = UnitId(ctx.new_id())
                plan.events.append(
                    UnitAdded(
                        unit=plan.places[key],
                        parent=plan.places[key[:-1]],
                        name=row.path[depth - 1],
                        kind=kinds.get(key) or IMPLIED_KIND,
                        rank=0,
                    )
                )
    return plan


def places_of(present: Sequence[TreeUnit]) -> dict[Path, UnitId]:
    """Each unit by the names that lead to it; parents come before children in `present`.

    Of two that came to have the same names, at sites that were cut off from each other, it is the one added last.
    """
    keys: dict[UnitId, Path] = {}
    for unit in present:
        above = () if unit.parent is None else keys[unit.parent]
        keys[unit.id] = (*above, fold(unit.name))
    return {key: unit for unit, key in keys.items()}


def key_of(path: Path) -> Path:
    """A path as it is compared."""
    return tuple(map(fold, path))
