"""The facts of the organisation. Everyone follows them; the site that owns a unit is the only one to write them."""

from collections.abc import Sequence
from typing import Any

from msgspec import UNSET, UnsetType

from bilin.core.events import EVERYONE, Event, Recorded, event, owned
from bilin.core.ids import PersonId, UnitId
from bilin.core.registers import fields, least, left_out, once
from bilin.core.registers import owned as owned_by
from bilin.core.registers import tombstone as ends
from bilin.org import tables
from bilin.org.model import COMPANY, TREE, Language, Post, UnitKind, people_of

UNIT, PERSON = ("id",), ("id",)
units_said = fields(tables.unit, UNIT, ("name", "kind", "rank", "locale", "moved_to"), rule="owned")
units_added = least(tables.unit, UNIT, "added")
units_removed = ends(tables.unit, UNIT, "removed")
people_said = fields(tables.person, PERSON, ("name", "title", "email", "phone", "unit"), rule="owned")
people_added = least(tables.person, PERSON, "added")
activity = owned_by(tables.person, PERSON, ("active",), "activity")
worked = once(tables.worked, ("person", "unit"))
"""Every main unit a person ever had."""


def posts_of(event: "PersonAdded | PersonChanged") -> Sequence[Post]:
    """All posts that an event says, the main one first; none when it says nothing of them."""
    if event.units is not UNSET and event.units:
        return event.units
    return () if event.unit is UNSET else (Post(event.unit, "", main=True),)


def _main_unit(_: object, record: Recorded[Any]) -> UnitId | UnsetType:
    """Where somebody works is one fact: the main unit and all posts, of the same event."""
    posts = posts_of(record.event)
    return posts[0].unit if posts else UNSET


class OrgEvent(Event, frozen=True):
    """Base: seen by everyone who is signed in."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (EVERYONE,)


@event(
    "org.unit_added",
    version=1,
    merge=owned("unit"),
    writes=[units_added(id="unit"), units_said(id="unit", moved_to="parent", locale=left_out)],
)
class UnitAdded(OrgEvent, frozen=True, kw_only=True):
    """A unit was added below another one; the company itself has no parent."""

    unit: UnitId
    parent: UnitId | None
    name: str
    kind: UnitKind
    rank: int

    def bumps(self) -> tuple[int, ...]:
        return (TREE, COMPANY) if self.parent is None else (TREE,)


@event("org.unit_changed", version=2, writes=[units_said(id="unit", moved_to="parent")])
class UnitChanged(OrgEvent, frozen=True, kw_only=True):
    """A unit got another name, kind, rank, parent or language; what did not change is left out."""

    unit: UnitId
    parent: UnitId | UnsetType = UNSET
    name: str | UnsetType = UNSET
    kind: UnitKind | UnsetType = UNSET
    rank: int | UnsetType = UNSET
    locale: Language | UnsetType | None = UNSET
    """The language of those here and below who have not chosen one; None: that of the unit above."""

    def bumps(self) -> tuple[int, ...]:
        return (TREE, self.unit)


@event("org.unit_removed", version=1, merge=owned("unit"), writes=[units_removed(id="unit")])
class UnitRemoved(OrgEvent, frozen=True, kw_only=True):
    """An empty unit was removed, for good."""

    unit: UnitId

    def bumps(self) -> tuple[int, ...]:
        return (TREE, self.unit)


@event(
    "org.person_added",
    version=1,
    merge=owned("person"),
    writes=[people_added(id="person"), people_said(id="person", unit=_main_unit), worked(unit=_main_unit)],
    private=("email", "phone"),
)
class PersonAdded(OrgEvent, frozen=True, kw_only=True):
    """A person joined the company. `units` are all their posts, the main one first. How to reach somebody is asked for,
    since events of who left stay in the log."""

    person: PersonId
    name: str
    title: str
    unit: UnitId
    units: tuple[Post, ...]
    email: str
    phone: str

    def bumps(self) -> tuple[int, ...]:
        return (self.person, *(people_of(post.unit) for post in self.units))


@event(
    "org.person_changed",
    version=1,
    writes=[people_said(id="person", unit=_main_unit), worked(unit=_main_unit)],
    private=("email", "phone"),
)
class PersonChanged(OrgEvent, frozen=True, kw_only=True):
    """Facts about a person changed; what did not change is left out. `units`, when given, replaces all posts."""

    person: PersonId
    name: str | UnsetType = UNSET
    title: str | UnsetType = UNSET
    unit: UnitId | UnsetType = UNSET
    units: tuple[Post, ...] | UnsetType = UNSET
    email: str | UnsetType = UNSET
    phone: str | UnsetType = UNSET

    def bumps(self) -> tuple[int, ...]:
        posts = () if self.units is UNSET else self.units
        return (self.person, *(people_of(post.unit) for post in posts))


@event("org.person_deactivated", version=1, writes=[activity(id="person", active=lambda *_: False)])
class PersonDeactivated(OrgEvent, frozen=True, kw_only=True):
    """A person left or was locked out: no sign-in, no sessions; what they wrote stays."""

    person: PersonId

    def bumps(self) -> tuple[int, ...]:
        return (self.person,)


@event("org.person_reactivated", version=1, writes=[activity(id="person", active=lambda *_: True)])
class PersonReactivated(OrgEvent, frozen=True, kw_only=True):
    """A deactivated person may sign in again."""

    person: PersonId

    def bumps(self) -> tuple[int, ...]:
        return (self.person,)
