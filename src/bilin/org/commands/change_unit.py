"""Rename, rank, convert or move a unit."""

import msgspec
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context
from bilin.core.database import Connection, snapshot, versions
from bilin.core.fields import checked
from bilin.core.ids import UnitId
from bilin.core.log import Decision, Expect
from bilin.org import fields
from bilin.org.access import manage_unit
from bilin.org.commands.add_unit import refuse_second_company
from bilin.org.commands.siblings import refuse_name_taken
from bilin.org.errors import CompanyFixed, UnitCycle
from bilin.org.events import UnitChanged
from bilin.org.model import TREE, Unit, UnitKind


class ChangeUnit(msgspec.Struct, frozen=True):
    """Change some facts of a unit; everything below it moves with it."""

    unit: UnitId
    parent: UnitId | UnsetType = UNSET
    name: str | UnsetType = UNSET
    kind: UnitKind | UnsetType = UNSET
    rank: int | UnsetType = UNSET


async def change_unit(command: ChangeUnit, ctx: Context) -> Decision | None:
    """For whoever manages the unit and, when it moves, its new parent as well."""
    async with snapshot(ctx.site.pool) as (db, _):
        unit = await manage_unit(db, ctx, command.unit)
        changed = _changed(command, unit)
        if changed is None:
            return None
        await _refuse_impossible(db, ctx, unit, changed)
        version = await versions(db, [TREE])
    return Decision([changed], [Expect(TREE, version[TREE])])


def _changed(command: ChangeUnit, unit: Unit) -> UnitChanged | None:
    """What would really change; None when nothing."""
    name = command.name if command.name is UNSET else checked("name", fields.unit_name, command.name)
    rank = command.rank if command.rank is UNSET else checked("rank", fields.rank, command.rank)
    event = UnitChanged(
        unit=unit.id,
        parent=UNSET if command.parent == unit.parent else command.parent,
        name=UNSET if name == unit.name else name,
        kind=UNSET if command.kind == unit.kind else command.kind,
        rank=UNSET if rank == unit.rank else rank,
    )
    return None if event == UnitChanged(unit=unit.id) else event


async def _refuse_impossible(db: Connection, ctx: Context, unit: Unit, changed: UnitChanged) -> None:
    if unit.parent is None and (changed.parent is not UNSET or changed.kind is not UNSET):
        raise CompanyFixed(details={"unit": unit.id})
    if changed.kind is not UNSET:
        refuse_second_company(changed.kind)
    parent = unit.parent
    if changed.parent is not UNSET:
        above = await manage_unit(db, ctx, changed.parent)
        if above.path.startswith(unit.path):
            raise UnitCycle(details={"unit": unit.id, "parent": above.id})
        parent = above.id
    if parent is not None and (changed.name is not UNSET or changed.parent is not UNSET):
        await refuse_name_taken(db, parent, unit.name if changed.name is UNSET else changed.name, unit.id)
