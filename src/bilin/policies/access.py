"""The doors to policies: for who holds `policies.manage` over the unit; their own anybody may ask for."""

from typing import Any

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.core.permissions import require
from bilin.core.policies import POLICIES, POLICIES_MANAGE, Policy
from bilin.org import PersonCard, access_person, access_unit
from bilin.policies.errors import PolicyNotFound


def access_policy(name: str) -> Policy[Any]:
    """The policy. Raises `PolicyNotFound`."""
    if (found := POLICIES.get(name)) is None:
        raise PolicyNotFound(policy=name)
    return found


async def manage_policies(db: Connection, ctx: Context, unit: UnitId) -> None:
    """Let pass who sets policies of the unit. Raises `UnitNotFound` or `Forbidden`."""
    await access_unit(db, unit)
    await require(db, ctx, POLICIES_MANAGE, unit)


async def look_at(db: Connection, ctx: Context, person: PersonId) -> PersonCard:
    """The person, for themselves and for who sets policies where they work. Raises `PersonNotFound` or `Forbidden`."""
    card = await access_person(db, person)
    if person != ctx.person:
        await require(db, ctx, POLICIES_MANAGE, card.unit)
    return card
