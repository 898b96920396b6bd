"""What other sites may say of units and people, by size and form: what a door of this release or of the one before lets
in, and no more. Looser than our own door (`fields`), for those before were."""

from collections.abc import Sequence

from msgspec import UNSET, UnsetType

from bilin.core.characters import has_control, is_blank
from bilin.core.claims import Limits
from bilin.org.commands.posts import MAX_POSTS
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)
from bilin.org.fields import (
    MAX_EMAIL_CHARS,
    MAX_NAME_CHARS,
    MAX_PHONE_CHARS,
    MAX_TITLE_CHARS,
    MAX_UNIT_NAME_CHARS,
    RANK_LIMIT,
)
from bilin.org.model import Post, UnitKind

Text = str | UnsetType


def _unit_added(event: UnitAdded) -> bool:
    return _is_unit(event.name, event.rank, event.kind)


def _unit_changed(event: UnitChanged) -> bool:
    return _is_unit(event.name, event.rank, event.kind)


def _is_unit(name: Text, rank: int | UnsetType, kind: UnitKind | UnsetType) -> bool:
    """The company itself is at home at the founding site, and there is one."""
    is_named = name is UNSET or (_is_name(name, MAX_UNIT_NAME_CHARS) and "/" not in name)
    return is_named and kind != "company" and (rank is UNSET or abs(rank) <= RANK_LIMIT)


def _person_added(event: PersonAdded) -> bool:
    return _is_person(event) and _are_posts(event.units) and event.units[0].unit == event.unit


def _person_changed(event: PersonChanged) -> bool:
    if not _is_person(event):
        return False
    if event.units is UNSET:
        return True
    return _are_posts(event.units) and event.unit in (UNSET, event.units[0].unit)


def _is_person(event: PersonAdded | PersonChanged) -> bool:
    return (
        (event.name is UNSET or _is_name(event.name, MAX_NAME_CHARS))
        and _is_line(event.title, MAX_TITLE_CHARS)
        and _is_line(event.email, MAX_EMAIL_CHARS)
        and _is_line(event.phone, MAX_PHONE_CHARS)
    )


def _are_posts(posts: Sequence[Post]) -> bool:
    """The main one first, the others beside it, none twice: where somebody is at home is told by the first."""
    return (
        0 < len(posts) <= MAX_POSTS
        and [post.main for post in posts] == [True, *[False] * (len(posts) - 1)]
        and len({post.unit for post in posts}) == len(posts)
        and all(_is_line(post.title, MAX_TITLE_CHARS) for post in posts)
    )


def _is_name(text: str, most: int) -> bool:
    return not is_blank(text) and _is_line(text, most)


def _is_line(text: Text, most: int) -> bool:
    return text is UNSET or (len(text) <= most and not has_control(text))


def _any(_: object) -> bool:
    """It holds ids alone, which are looked at when it is read."""
    return True


LIMITS: Limits = {
    UnitAdded: _unit_added,
    UnitChanged: _unit_changed,
    UnitRemoved: _any,
    PersonAdded: _person_added,
    PersonChanged: _person_changed,
    PersonDeactivated: _any,
    PersonReactivated: _any,
}
