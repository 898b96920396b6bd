"""Add a person to the company. Whoever adds one with a login uses identity's command, which is built on this one."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot
from bilin.core.fields import Fields
from bilin.core.ids import Id, PersonId, UnitId
from bilin.core.log import Decision
from bilin.org import fields
from bilin.org.access import fill_unit
from bilin.org.commands.posts import all_posts, expect_units
from bilin.org.events import PersonAdded
from bilin.org.model import Post


class AddPerson(msgspec.Struct, frozen=True):
    """Add a person with a main unit and any further ones."""

    name: str
    unit: UnitId
    title: str = ""
    email: str = ""
    phone: str = ""
    units: tuple[Post, ...] = ()


async def add_person(command: AddPerson, ctx: Context) -> Decision:
    """For whoever manages all the units. The decision's id is the new person's."""
    added = person_added(command, PersonId(ctx.new_id()))
    async with snapshot(ctx.site.pool) as (db, _):
        await fill_unit(db, ctx, added.unit)
        expects = await expect_units(db, ctx, [post.unit for post in added.units])
    return Decision([added], expects, Id(added.person))


def person_added(command: AddPerson, person: PersonId) -> PersonAdded:
    """The fact, with its fields checked. Raises `Invalid`."""
    given = Fields()
    name = given.take("name", fields.person_name, command.name)
    title = given.take("title", fields.title, command.title)
    email = given.take("email", fields.email, command.email)
    phone = given.take("phone", fields.phone, command.phone)
    given.check()
    return PersonAdded(
        person=person,
        name=name or "",
        title=title or "",
        unit=command.unit,
        units=all_posts(command.unit, title or "", command.units),
        email=email or "",
        phone=phone or "",
    )
