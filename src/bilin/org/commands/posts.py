"""The posts of a person: one main unit, and further ones."""

from collections.abc import Sequence

from bilin.core.commands import Context
from bilin.core.database import Connection, versions
from bilin.core.errors import Invalid
from bilin.core.fields import checked
from bilin.core.ids import UnitId
from bilin.core.log import Expect
from bilin.core.reasons import Reason, TooMany
from bilin.org import fields
from bilin.org.access import manage_unit
from bilin.org.model import Post

MAX_POSTS = 20


class SecondMainUnit(Reason, frozen=True, tag="second_main_unit"):
    """Everybody has one main unit."""

    text = "the main unit is the one in `unit`"


class UnitTwice(Reason, frozen=True, tag="unit_twice"):
    """A person has one post in a unit."""

    text = "a unit stands there twice"


def all_posts(unit: UnitId, title: str, further: Sequence[Post]) -> tuple[Post, ...]:
    """The main post first, then the further ones. The main one may be among `further` as well."""
    others = [post for post in further if post.unit != unit]
    units = [post.unit for post in others]
    if any(post.main for post in others):
        raise Invalid(reasons={"units": SecondMainUnit()})
    if len(units) != len(set(units)):
        raise Invalid(reasons={"units": UnitTwice()})
    if len(others) >= MAX_POSTS:
        raise Invalid(reasons={"units": TooMany(most=MAX_POSTS)})
    titled = [Post(post.unit, checked("units", fields.title, post.title), main=False) for post in others]
    return (Post(unit, title, main=True), *titled)


async def expect_units(db: Connection, ctx: Context, units: Sequence[UnitId]) -> list[Expect]:
    """Check that whoever asks manages these units; the decision holds while none of them changes."""
    for unit in units:
        await manage_unit(db, ctx, unit)
    version = await versions(db, list(map(int, units)))
    return [Expect(*pair) for pair in version.items()]
