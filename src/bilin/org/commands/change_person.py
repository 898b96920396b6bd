"""Change facts about a person: name, title, how to reach them, and where they work."""

import msgspec
from msgspec import UNSET, UnsetType

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.ids import PersonId, UnitId
from bilin.core.log import Decision, Expect
from bilin.org.access import manage_person
from bilin.org.commands.add_person import AddPerson, person_added
from bilin.org.commands.posts import expect_units
from bilin.org.events import PersonChanged
from bilin.org.model import PersonCard, Post


class ChangePerson(msgspec.Struct, frozen=True):
    """Change some facts of a person; `units` replaces all further posts."""

    person: PersonId
    name: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET
    unit: UnitId | UnsetType = UNSET
    units: tuple[Post, ...] | UnsetType = UNSET


async def change_person(command: ChangePerson, ctx: Context) -> Decision | None:
    """For whoever manages the person's main unit and every unit they come into."""
    async with snapshot(ctx.site.pool) as (db, _):
        card = await manage_person(db, ctx, command.person)
        changed = person_changed(command, card)
        if changed is None:
            return None
        before = {post.unit for post in card.units}
        posts = card.units if changed.units is UNSET else changed.units
        expects = await expect_units(db, ctx, [post.unit for post in posts if post.unit not in before])
        version = await versions(db, [card.id])
    return Decision([changed], [*expects, Expect(card.id, version[card.id])])


def person_changed(command: ChangePerson, card: PersonCard) -> PersonChanged | None:
    """What would really change, checked; None when nothing. Raises `Invalid`."""
    unit = card.unit if command.unit is UNSET else command.unit
    further = tuple(post for post in card.units if not post.main) if command.units is UNSET else command.units
    wanted = person_added(
        AddPerson(
            name=card.name if command.name is UNSET else command.name,
            unit=unit,
            title=card.title if command.title is UNSET else command.title,
            email=card.email if command.email is UNSET else command.email,
            phone=card.phone if command.phone is UNSET else command.phone,
            units=further,
        ),
        card.id,
    )
    event = PersonChanged(
        person=card.id,
        name=UNSET if wanted.name == card.name else wanted.name,
        title=UNSET if wanted.title == card.title else wanted.title,
        unit=UNSET if wanted.unit == card.unit else wanted.unit,
        units=UNSET if wanted.units == card.units else wanted.units,
        email=UNSET if wanted.email == card.email else wanted.email,
        phone=UNSET if wanted.phone == card.phone else wanted.phone,
    )
    return None if event == PersonChanged(person=card.id) else event
