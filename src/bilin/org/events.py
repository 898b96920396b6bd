"""The facts of the organisation. Everyone follows them; the site that owns a unit is the only one to write them."""

from msgspec import UNSET, UnsetType

from bilin.core.events import EVERYONE, Event, event, owned
from bilin.core.ids import PersonId, UnitId
from bilin.org.model import COMPANY, TREE, Language, Post, UnitKind, people_of


class OrgEvent(Event, frozen=True):
    """Base: seen by everyone who is signed in."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (EVERYONE,)


@event("org.unit_added", version=1, merge=owned("unit"))
class UnitAdded(OrgEvent, frozen=True, kw_only=True):
    """A unit was added below another one; the company itself has no parent."""

    unit: UnitId
    parent: UnitId | None
    name: str
    kind: UnitKind
    rank: int

    def bumps(self) -> tuple[int, ...]:
        return (TREE, COMPANY) if self.parent is None else (TREE,)


@event("org.unit_changed", version=2, merge=owned("unit"))
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


@event("org.unit_removed", version=1, merge=owned("unit"))
class UnitRemoved(OrgEvent, frozen=True, kw_only=True):
    """An empty unit was removed, for good."""

    unit: UnitId

    def bumps(self) -> tuple[int, ...]:
        return (TREE, self.unit)


@event("org.person_added", version=1, merge=owned("person"), private=("email", "phone"))
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


@event("org.person_changed", version=1, merge=owned("person"), private=("email", "phone"))
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


@event("org.person_deactivated", version=1, merge=owned("person"))
class PersonDeactivated(OrgEvent, frozen=True, kw_only=True):
    """A person left or was locked out: no sign-in, no sessions; what they wrote stays."""

    person: PersonId

    def bumps(self) -> tuple[int, ...]:
        return (self.person,)


@event("org.person_reactivated", version=1, merge=owned("person"))
class PersonReactivated(OrgEvent, frozen=True, kw_only=True):
    """A deactivated person may sign in again."""

    person: PersonId

    def bumps(self) -> tuple[int, ...]:
        return (self.person,)
