"""Where units are at home, and what leaves there."""

import msgspec
from litestar import get, put

from bilin.core.commands import Context, execute
from bilin.core.database import snapshot
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import UnitId
from bilin.core.live import live
from bilin.org import UnitNotFound, unit_tree
from bilin.sites.homes.commands.set_home import SetHome, set_home
from bilin.sites.homes.commands.set_policy import SetPolicy, set_policy
from bilin.sites.homes.home_map import read_homes
from bilin.sites.homes.model import POLICY_KINDS, Leaves, Policy, PolicyKind
from bilin.sites.registry.errors import UnknownSite


class HomeBody(msgspec.Struct, frozen=True):
    """A site's number; null: where the unit above is."""

    site: int | None


class PolicyBody(msgspec.Struct, frozen=True):
    """What leaves, of these kinds; none: as the unit above says."""

    leaves: Leaves
    kinds: tuple[PolicyKind, ...]


class UnitHome(msgspec.Struct, frozen=True):
    """Where a unit is at home. `set`: that was said of the unit itself, else of one above it."""

    unit: UnitId
    site: int
    set: bool


class Homes(msgspec.Struct, frozen=True):
    """Where the units are at home, and what leaves there, as of a position."""

    pos: int
    homes: list[UnitHome]
    policies: list[Policy]


@get("/api/sites/homes", tags=["sites"], **live("sites", "org"))
async def get_homes(ctx: Context) -> Homes:
    """The site each unit is at home at, and the policies that were set: for everybody, as the organisation is. Clients
    show by it whose presence nobody can know, and lead people to their own site."""
    async with snapshot(ctx.site.pool) as (db, pos):
        homes = await read_homes(db, [])
        units = [unit.id for unit in await unit_tree(db)]
    resolved = [UnitHome(unit, homes.of_unit(unit), unit in homes.homes) for unit in units]
    policies = [
        Policy(UnitId(unit), leaves, tuple(kind for kind in POLICY_KINDS if kind in kinds))
        for unit, (leaves, kinds) in sorted(homes.policies.items())
        if kinds and unit in units
    ]
    return Homes(pos, resolved, policies)


@put("/api/sites/homes/{unit:str}", opt=OWNED | refuses(UnitNotFound, UnknownSite), tags=["sites"])
async def put_home(unit: UnitId, data: HomeBody, ctx: Context) -> Change:
    """Let a unit be at home at a site; needs `sites.manage` over the unit."""
    return answer(await execute(set_home, SetHome(unit, data.site), ctx))


@put("/api/sites/policies/{unit:str}", opt=OWNED | refuses(UnitNotFound), tags=["sites"])
async def put_policy(unit: UnitId, data: PolicyBody, ctx: Context) -> Change:
    """Say what leaves the home of a unit's people; needs `sites.manage` over the unit."""
    return answer(await execute(set_policy, SetPolicy(unit, data.leaves, data.kinds), ctx))


routes = [get_homes, put_home, put_policy]
