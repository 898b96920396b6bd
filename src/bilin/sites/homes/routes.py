"""Where units are at home, and what leaves there."""

from typing import Any

import msgspec
from litestar import get, put

from bilin.core.commands import Context, execute
from bilin.core.database import snapshot
from bilin.core.forwarding import OWNED
from bilin.core.http import answer
from bilin.core.ids import UnitId
from bilin.core.live import live
from bilin.org import unit_tree
from bilin.sites.homes.commands.set_home import SetHome, set_home
from bilin.sites.homes.commands.set_policy import SetPolicy, set_policy
from bilin.sites.homes.home_map import read_homes
from bilin.sites.homes.model import POLICY_KINDS, Leaves, Policy, PolicyKind


class HomeBody(msgspec.Struct, frozen=True):
    """A site's number; null: where the unit above is."""

    site: int | None


class PolicyBody(msgspec.Struct, frozen=True):
    """What leaves, of these kinds; none: as the unit above says."""

    leaves: Leaves
    kinds: tuple[PolicyKind, ...]


@get("/api/sites/homes", tags=["sites"], **live("sites", "org"))
async def get_homes(ctx: Context) -> dict[str, Any]:
    """The site each unit is at home at, and the policies that were set: for everybody, as the organisation is. Clients
    show by it whose presence nobody can know, and lead people to their own site."""
    async with snapshot(ctx.site.pool) as (db, pos):
        homes = await read_homes(db, [])
        units = [unit.id for unit in await unit_tree(db)]
    resolved = [{"unit": unit, "site": homes.of_unit(unit), "set": unit in homes.homes} for unit in units]
    policies = [
        Policy(UnitId(unit), leaves, tuple(kind for kind in POLICY_KINDS if kind in kinds))
        for unit, (leaves, kinds) in sorted(homes.policies.items())
        if kinds and unit in units
    ]
    return {"pos": pos, "homes": resolved, "policies": policies}


@put("/api/sites/homes/{unit:str}", opt=OWNED, tags=["sites"])
async def put_home(unit: UnitId, data: HomeBody, ctx: Context) -> dict[str, Any]:
    """Let a unit be at home at a site; needs `sites.manage` over the unit."""
    return answer(await execute(set_home, SetHome(unit, data.site), ctx))


@put("/api/sites/policies/{unit:str}", opt=OWNED, tags=["sites"])
async def put_policy(unit: UnitId, data: PolicyBody, ctx: Context) -> dict[str, Any]:
    """Say what leaves the home of a unit's people; needs `sites.manage` over the unit."""
    return answer(await execute(set_policy, SetPolicy(unit, data.leaves, data.kinds), ctx))


routes = [get_homes, put_home, put_policy]
