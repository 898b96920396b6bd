"""The doors to units and people on behalf of somebody. Every signed-in person may see all units and people."""

from msgspec import structs

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.core.ownership import require_own
from bilin.core.permissions import may, require
from bilin.org.errors import PersonNotFound, UnitNotFound
from bilin.org.model import ORG_MANAGE, PersonCard, Unit
from bilin.org.queries import person_card, unit_by_id


async def access_person(db: Connection, person: PersonId) -> PersonCard:
    """The person. Raises `PersonNotFound`."""
    card = await person_card(db, person)
    if card is None:
        raise PersonNotFound(person=person)
    return card


async def look_at_person(db: Connection, ctx: Context, person: PersonId) -> PersonCard:
    """The person as whoever asks may see them: how to reach somebody who has left only those who manage them.

    Raises `PersonNotFound`.
    """
    card = await access_person(db, person)
    if card.active or await may(db, ctx, ORG_MANAGE, card.unit):
        return card
    return structs.replace(card, email="", phone="")


async def access_unit(db: Connection, unit: UnitId) -> Unit:
    """The unit. Raises `UnitNotFound`."""
    found = await unit_by_id(db, unit)
    if found is None:
        raise UnitNotFound(unit=unit)
    return found


async def manage_person(db: Connection, ctx: Context, person: PersonId) -> PersonCard:
    """The person, at the site that owns their main unit, for somebody who manages that unit.

    Raises `PersonNotFound`, `OwnedElsewhere` (the owner knows best who may) or `Forbidden`.
    """
    card = await access_person(db, person)
    await require_own(db, ctx, card.unit)
    await require(db, ctx, ORG_MANAGE, card.unit)
    return card


async def manage_unit(db: Connection, ctx: Context, unit: UnitId) -> Unit:
    """The unit, for somebody who manages it. Raises `UnitNotFound` or `Forbidden`."""
    found = await access_unit(db, unit)
    await require(db, ctx, ORG_MANAGE, unit)
    return found


async def fill_unit(db: Connection, ctx: Context, unit: UnitId) -> Unit:
    """The unit, at the site that owns what is in it, for somebody who manages it.

    Raises `UnitNotFound`, `OwnedElsewhere` or `Forbidden`.
    """
    await access_unit(db, unit)
    await require_own(db, ctx, unit)
    return await manage_unit(db, ctx, unit)
