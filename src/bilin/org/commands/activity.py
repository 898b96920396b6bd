"""Deactivate and reactivate people. Identity builds on this: it ends the sessions in the same decision."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.ids import PersonId
from bilin.core.log import Decision, Expect
from bilin.org.access import manage_person
from bilin.org.errors import OwnDeactivation
from bilin.org.events import PersonDeactivated, PersonReactivated


class DeactivatePerson(msgspec.Struct, frozen=True):
    """Lock a person out. What they wrote, and their place in the organisation, stay."""

    person: PersonId


class ReactivatePerson(msgspec.Struct, frozen=True):
    """Let a deactivated person in again."""

    person: PersonId


async def deactivate_person(command: DeactivatePerson, ctx: Context) -> Decision | None:
    """For whoever manages the person's main unit."""
    if command.person == ctx.person:
        raise OwnDeactivation
    async with snapshot(ctx.site.pool) as (db, _):
        card = await manage_person(db, ctx, command.person)
        version = await versions(db, [card.id, ctx.person])
    if not card.active:
        return None
    return Decision([PersonDeactivated(person=card.id)], [Expect(*pair) for pair in version.items()])


async def reactivate_person(command: ReactivatePerson, ctx: Context) -> Decision | None:
    """For whoever manages the person's main unit."""
    async with snapshot(ctx.site.pool) as (db, _):
        card = await manage_person(db, ctx, command.person)
        version = await versions(db, [card.id])
    if card.active:
        return None
    return Decision([PersonReactivated(person=card.id)], [Expect(card.id, version[card.id])])
