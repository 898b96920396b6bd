"""HTTP routes of policies: docs/developers/protocol.md, section 3."""

import msgspec
from litestar import get, post, put

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute
from bilin.core.database import snapshot
from bilin.core.forwarding import OWNED
from bilin.core.http import Change, answer, refuses
from bilin.core.ids import Id, PersonId, UnitId
from bilin.core.live import live
from bilin.core.permissions import PermissionNeeded
from bilin.core.policies import Policies, Value
from bilin.org import PersonNotFound, UnitNotFound
from bilin.policies import queries
from bilin.policies.access import access_policy, look_at, manage_policies
from bilin.policies.answers import PoliciesOfUnit, PolicyEffect, PolicyExplanation, PolicyOfPerson
from bilin.policies.commands.set_value import SetValue, checked_value, set_value
from bilin.policies.errors import PolicyLocked, PolicyNotFound
from bilin.policies.model import EVERYBODY, PolicySaid, ReasonText, Subject


class PolicyValueBody(msgspec.Struct, frozen=True):
    """What is to hold in a unit and below it; null: as the unit above says. For everybody there, or for some."""

    value: Value | None
    subject: Subject = EVERYBODY
    """Whom in the unit: everybody (empty), who has a role (`role:admin`), or a post (`post:` and its title)."""
    locked: bool = False
    """Units below may not have another."""
    reason: ReasonText = ""


@get(
    "/api/policies", opt=cost(5) | refuses(UnitNotFound, PermissionNeeded), tags=["policies"], **live("policies", "org")
)
async def list_policies(unit: UnitId, ctx: Context) -> PoliciesOfUnit:
    """All policies as they stand in a unit; needs `policies.manage` over it."""
    async with snapshot(ctx.site.pool) as (db, pos):
        await manage_policies(db, ctx, unit)
        return await queries.policies_of_unit(db, pos, ctx, unit)


@get(
    "/api/policies/{policy:str}",
    opt=cost(10) | refuses(PolicyNotFound, UnitNotFound, PermissionNeeded),
    tags=["policies"],
    **live("policies", "org"),
)
async def get_policy(policy: str, unit: UnitId, ctx: Context) -> PolicyExplanation:
    """Why a policy is what it is in a unit, and who below follows; needs `policies.manage` over the unit."""
    known = access_policy(policy)
    async with snapshot(ctx.site.pool) as (db, pos):
        await manage_policies(db, ctx, unit)
        return await queries.explain(db, pos, ctx, known, unit)


@get(
    "/api/policies/{policy:str}/people/{person:str}",
    opt=cost(5) | refuses(PolicyNotFound, PersonNotFound, PermissionNeeded),
    tags=["policies"],
    **live("policies", "org", "identity"),
)
async def get_policy_of_person(policy: str, person: PersonId, ctx: Context) -> PolicyOfPerson:
    """Why a policy is what it is for a person; for themselves, and who holds `policies.manage` where they work."""
    known = access_policy(policy)
    async with snapshot(ctx.site.pool) as (db, pos):
        card = await look_at(db, ctx, person)
        return await queries.why_of_person(db, pos, ctx.site.settings, known, person, card.unit)


@post(
    "/api/policies/{policy:str}/units/{unit:str}/effect",
    status_code=200,
    opt=cost(20) | refuses(PolicyNotFound, UnitNotFound),
    tags=["policies"],
)
async def post_effect(policy: str, unit: UnitId, data: PolicyValueBody, ctx: Context) -> PolicyEffect:
    """What a value would change, for how many; nothing is set. Needs `policies.manage` over the unit."""
    known = access_policy(policy)
    checked_value(known, _command(policy, unit, data))
    async with snapshot(ctx.site.pool) as (db, pos):
        await manage_policies(db, ctx, unit)
        said = PolicySaid(Id(ctx.new_id()), unit, data.subject, data.value, data.locked, data.reason, ctx.person)
        return await queries.effect_of(db, pos, ctx.site.settings, known, said)


@put(
    "/api/policies/{policy:str}/units/{unit:str}",
    opt=OWNED | refuses(PolicyNotFound, PolicyLocked, UnitNotFound),
    tags=["policies"],
)
async def put_policy(policy: str, unit: UnitId, data: PolicyValueBody, ctx: Context) -> Change:
    """Set what holds in a unit and below it, or let it be inherited again; needs `policies.manage` over the unit."""
    receipt = await execute(set_value, _command(policy, unit, data), ctx)
    await ctx.site.get(Policies).settled()
    return answer(receipt)


def _command(policy: str, unit: UnitId, data: PolicyValueBody) -> SetValue:
    return SetValue(policy, unit, data.value, data.subject, data.locked, data.reason)


routes = [list_policies, get_policy, get_policy_of_person, post_effect, put_policy]
