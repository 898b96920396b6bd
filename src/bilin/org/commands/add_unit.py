"""Add a unit below another one."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.errors import Invalid
from bilin.core.fields import Fields
from bilin.core.ids import Id, UnitId
from bilin.core.log import Decision, Expect
from bilin.core.reasons import Reason
from bilin.org import fields
from bilin.org.access import fill_unit
from bilin.org.commands.siblings import refuse_name_taken
from bilin.org.events import UnitAdded
from bilin.org.model import TREE, UnitKind


class OnlyRootIsCompany(Reason, frozen=True, tag="only_root_is_company"):
    """A unit below another one is of another kind."""

    text = "only the root of the tree is a company"


class AddUnit(msgspec.Struct, frozen=True):
    """Add a unit below `parent`. Units of one parent are shown by rank, then by name."""

    parent: UnitId
    name: str
    kind: UnitKind
    rank: int = 0


async def add_unit(command: AddUnit, ctx: Context) -> Decision:
    """For whoever manages the parent."""
    given = Fields()
    name, rank = given.take("name", fields.unit_name, command.name), given.take("rank", fields.rank, command.rank)
    given.check()
    refuse_second_company(command.kind)
    async with snapshot(ctx.site.pool) as (db, _):
        await fill_unit(db, ctx, command.parent)
        await refuse_name_taken(db, command.parent, name or "")
        version = await versions(db, [TREE])
    unit = UnitId(ctx.new_id())
    added = UnitAdded(unit=unit, parent=command.parent, name=name or "", kind=command.kind, rank=rank or 0)
    return Decision([added], [Expect(TREE, version[TREE])], Id(unit))


def refuse_second_company(kind: UnitKind) -> None:
    """The company is the root of the tree; there is one."""
    if kind == "company":
        raise Invalid(reasons={"kind": OnlyRootIsCompany()})
