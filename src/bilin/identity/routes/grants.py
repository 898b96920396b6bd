"""Who has which role where: `/api/grants`."""

from collections.abc import Iterable

import msgspec
from litestar import delete, get, post

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute
from bilin.core.database import snapshot
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, MadeByOwner, answer, answer_made_by_owner, refuses
from bilin.core.ids import GrantId, UnitId
from bilin.core.live import live
from bilin.core.permissions import PermissionNeeded, require
from bilin.identity.commands.give_grant import GiveGrant, give_grant
from bilin.identity.commands.revoke_grant import RevokeGrant, revoke_grant
from bilin.identity.errors import AboveYou, GrantExists, GrantNotFound, OwnGrant
from bilin.identity.model import IDENTITY_GRANT, Grant, HeldGrant
from bilin.identity.queries import grants_in
from bilin.org import PersonInactive, PersonNotFound, UnitNotFound, access_unit, scope_of, units_above, units_in


class GrantList(msgspec.Struct, frozen=True):
    """The roles that hold in a unit: first those given above it, then those of the unit and below."""

    grants: list[HeldGrant]


@get("/api/grants", opt=cost(5) | refuses(UnitNotFound, PermissionNeeded), tags=["grants"], **live("identity", "org"))
async def list_grants(unit: UnitId, ctx: Context) -> GrantList:
    """The roles that hold in a unit: inherited from above it, and given over it and the units below.

    Needs `identity.grant` over the unit: whoever gives roles there has to see who rules there already.
    """
    async with snapshot(ctx.site.pool) as (db, _):
        await access_unit(db, unit)
        await require(db, ctx, IDENTITY_GRANT, unit)
        above = await grants_in(db, await units_above(db, unit))
        own = await grants_in(db, await units_in(db, await scope_of(db, [unit])))
    return GrantList([*_held(above, inherited=True), *_held(own, inherited=False)])


@post(
    "/api/grants",
    opt=OWNED | refuses(UnitNotFound, PersonNotFound, PersonInactive, GrantExists, AboveYou),
    tags=["grants"],
)
async def post_grant(data: GiveGrant, ctx: Context) -> MadeByOwner:
    """Give somebody a role over a unit; needs `identity.grant` there, and everything the role allows."""
    return answer_made_by_owner(await execute(give_grant, data, ctx))


@delete(
    "/api/grants/{grant:str}",
    status_code=200,
    opt=OWNED | refuses(GrantNotFound, OwnGrant, AboveYou, UnitNotFound),
    tags=["grants"],
)
async def delete_grant(grant: GrantId, ctx: Context) -> Change:
    """Take a role back."""
    return answer(await execute(revoke_grant, RevokeGrant(grant), ctx))


def _held(grants: Iterable[Grant], *, inherited: bool) -> list[HeldGrant]:
    return [HeldGrant(grant.id, grant.person, grant.role, grant.unit, inherited) for grant in grants]


routes = [list_grants, post_grant, delete_grant]
