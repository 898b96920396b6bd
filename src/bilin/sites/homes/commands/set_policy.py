"""Say what leaves the home of a unit's people."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.ids import UnitId
from bilin.core.log import Decision
from bilin.sites.homes.events import PolicySet
from bilin.sites.homes.model import POLICY_KINDS, Leaves, PolicyKind
from bilin.sites.registry.access import expect, settle_unit
from bilin.sites.registry.events import SITES

SELECT = "SELECT leaves, kinds FROM sites.policy WHERE unit = $1"


class SetPolicy(msgspec.Struct, frozen=True):
    """Set the policy of a unit and of what is below it; no kinds: as the unit above says."""

    unit: UnitId
    leaves: Leaves
    kinds: tuple[PolicyKind, ...]


async def set_policy(command: SetPolicy, ctx: Context) -> Decision | None:
    """None when it is so already."""
    kinds = tuple(kind for kind in POLICY_KINDS if kind in command.kinds)
    async with snapshot(ctx.site.pool) as (db, _):
        await settle_unit(db, ctx, command.unit)
        row = await db.fetchrow(SELECT, command.unit)
        expects = await expect(db, [SITES, command.unit])
    present = ("shared", ()) if row is None else (row["leaves"], tuple(row["kinds"]))
    is_so = present == (command.leaves, kinds) or (not kinds and not present[1])
    return None if is_so else Decision([PolicySet(unit=command.unit, leaves=command.leaves, kinds=kinds)], expects)
