"""Give somebody a role over a unit."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.errors import Invalid
from bilin.core.ids import GrantId, Id, PersonId, UnitId
from bilin.core.log import Decision, Expect
from bilin.core.ownership import require_own
from bilin.core.permissions import require
from bilin.core.reasons import NotOneOf
from bilin.identity.authority import Grants
from bilin.identity.errors import AboveYou, GrantExists
from bilin.identity.events import GrantGiven
from bilin.identity.model import IDENTITY_GRANT, ROLES, Grant, grants_entity
from bilin.identity.queries import grants_of
from bilin.org import PersonInactive, access_person, access_unit


class GiveGrant(msgspec.Struct, frozen=True):
    """Give a person a role over a unit and everything below it."""

    person: PersonId
    role: str
    unit: UnitId


async def give_grant(command: GiveGrant, ctx: Context) -> Decision:
    """For whoever may give roles over the unit and holds there everything the role allows, at the unit's site."""
    if command.role not in ROLES:
        raise Invalid(reasons={"role": NotOneOf(values=", ".join(sorted(ROLES)))})
    grant = Grant(GrantId(ctx.new_id()), command.person, command.role, command.unit)
    async with snapshot(ctx.site.pool) as (db, _):
        await access_unit(db, command.unit)
        await require_own(db, ctx, command.unit)
        await require(db, ctx, IDENTITY_GRANT, command.unit)
        if not await Grants().may_all(db, ctx.person, [grant]):
            raise AboveYou(role=command.role, unit=command.unit)
        if not (await access_person(db, command.person)).active:
            raise PersonInactive(person=command.person)
        if any((g.role, g.unit) == (command.role, command.unit) for g in await grants_of(db, command.person)):
            raise GrantExists
        entities = [grants_entity(command.person), grants_entity(ctx.person), command.person, command.unit]
        expects = [Expect(*pair) for pair in (await versions(db, list(map(int, entities)))).items()]
    given = GrantGiven(grant=grant.id, person=grant.person, role=grant.role, unit=grant.unit)
    return Decision([given], expects, Id(grant.id))
