"""Rename, rank, convert or move a unit."""

from collections.abc import Sequence

import msgspec
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context
from bilin.core.database import Connection, snapshot, versions
from bilin.core.events import Event
from bilin.core.fields import checked
from bilin.core.ids import UnitId
from bilin.core.log import Decision, Expect
from bilin.core.ownership import ownership
from bilin.org import fields
from bilin.org.access import access_unit, manage_unit
from bilin.org.commands.add_unit import refuse_second_company
from bilin.org.commands.siblings import refuse_name_taken
from bilin.org.errors import CompanyFixed, UnitCycle
from bilin.org.events import UnitChanged
from bilin.org.model import TREE, Language, Unit, UnitKind


class ChangeUnit(msgspec.Struct, frozen=True):
    """Change some facts of a unit; everything below it moves with it."""

    unit: UnitId
    parent: UnitId | UnsetType = UNSET
    name: str | UnsetType = UNSET
    kind: UnitKind | UnsetType = UNSET
    rank: int | UnsetType = UNSET
    locale: Language | UnsetType | None = UNSET


async def change_unit(command: ChangeUnit, ctx: Context) -> Decision | None:
    """For whoever manages the unit and, when it moves, its new parent as well, at the site that owns it."""
    async with snapshot(ctx.site.pool) as (db, _):
        unit = await access_unit(db, command.unit)
        with_it = await _require_own(db, ctx, command, unit)
        await manage_unit(db, ctx, unit.id)
        changed = _changed(command, unit)
        if changed is None:
            return None
        await _refuse_impossible(db, ctx, unit, changed)
        version = await versions(db, [TREE])
    return Decision([changed, *with_it], [Expect(TREE, version[TREE])])


async def _require_own(db: Connection, ctx: Context, command: ChangeUnit, unit: Unit) -> Sequence[Event]:
    """Pass at the site that may do this: what becomes true with it. Raises `OwnedElsewhere`."""
    if command.parent is UNSET or command.parent == unit.parent:
        await ownership(ctx).require_own_unit(db, unit.id)
        return ()
    above = await access_unit(db, command.parent)
    return await ownership(ctx).allow_move(db, unit.id, above.id)


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
        locale=UNSET if command.locale == unit.locale else command.locale,
    )
    return None if event == UnitChanged(unit=unit.id) else event


async def _refuse_impossible(db: Connection, ctx: Context, unit: Unit, changed: UnitChanged) -> None:
    if unit.parent is None and (changed.parent is not UNSET or changed.kind is not UNSET):
        raise CompanyFixed(unit=unit.id)
    if changed.kind is not UNSET:
        refuse_second_company(changed.kind)
    parent = unit.parent
    if changed.parent is not UNSET:
        above = await manage_unit(db, ctx, changed.parent)
        if above.path.startswith(unit.path):
            raise UnitCycle(unit=unit.id, parent=above.id)
        parent = above.id
    if parent is not None and (changed.name is not UNSET or changed.parent is not UNSET):
        await refuse_name_taken(db, parent, unit.name if changed.name is UNSET else changed.name, unit.id)
