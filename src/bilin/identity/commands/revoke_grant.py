"""Take a role back."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.ids import GrantId
from bilin.core.log import Decision, Expect
from bilin.core.ownership import require_own
from bilin.core.permissions import may
from bilin.identity.authority import Grants
from bilin.identity.errors import AboveYou, GrantNotFound, OwnGrant
from bilin.identity.events import GrantRevoked
from bilin.identity.model import IDENTITY_GRANT, grants_entity
from bilin.identity.queries import grant_by_id


class RevokeGrant(msgspec.Struct, frozen=True):
    """Take a role back from whoever has it."""

    grant: GrantId


async def revoke_grant(command: RevokeGrant, ctx: Context) -> Decision:
    """For whoever may give roles over the unit and holds there everything the role allows, at the unit's site."""
    async with snapshot(ctx.site.pool) as (db, _):
        grant = await grant_by_id(db, command.grant)
        if grant is None or not await may(db, ctx, IDENTITY_GRANT, grant.unit):
            raise GrantNotFound(grant=command.grant)
        await require_own(db, ctx, grant.unit)
        if grant.person == ctx.person:
            raise OwnGrant
        if not await Grants().may_all(db, ctx.person, [grant]):
            raise AboveYou(role=grant.role, unit=grant.unit)
        version = await versions(db, [grants_entity(grant.person), grants_entity(ctx.person)])
    return Decision([GrantRevoked(grant=grant.id, person=grant.person)], [Expect(*pair) for pair in version.items()])
