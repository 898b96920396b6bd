"""What another site may say. A site speaks for its own people and units; whatever else it sends is held, not applied.

Modules declare their `Knowledge`: what has to be read for a batch of claims, and a rule for each of their event types.
The rules only ask for what stays true once it is ("was ever at home there", "was ever a member", each with a time until
which), so that sites which hear the same facts in another order come to the same answer (docs/decisions/0031).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import NoneType, UnionType
from typing import Any, ClassVar, Literal, Protocol, Union, get_args, get_origin

import msgspec
from msgspec import UnsetType

from bilin.core.codec import to_json
from bilin.core.database import Connection
from bilin.core.events import EVENT_TYPES, Event
from bilin.core.ids import TIME_SHIFT, Id, PersonId, UnitId

LATE = (30 * 86_400_000) << TIME_SHIFT
"""For so long (of ids, which are times) somebody may act by what has ended: their site may have been cut off from the
others and not know."""
FOR_EVER = (1 << 63) - 1
NEVER = -1 - LATE

CHOICES = (Id, bool, UnsetType, NoneType)

NOT_AT_HOME = "not_at_home"
"""It is about a unit or person that is not at home at that site."""
STRANGER = "stranger"
"""It names as its author somebody who is not at home at that site and has not proven to be there."""
NOT_A_MEMBER = "not_a_member"
"""Its author is not in the conversation."""
NOT_ALLOWED = "not_allowed"
"""Its author may not do this."""
UNHEARD_OF = "unheard_of"
"""It speaks of something that is not here (yet)."""
TAKEN = "number_taken"
"""It makes something under the number of another thing."""
UNKNOWN_TYPE = "unknown_type"
"""This program does not know what it says: judged after the upgrade."""
BEYOND_LIMITS = "beyond_limits"
"""It is longer, larger or of another form than what any release lets in at its own doors."""
MAX_UNKNOWN_BYTES = 16_384
"""Of an event, in fields that this program does not know: room for what later releases add."""


@dataclass(slots=True, frozen=True)
class Claim:
    """An event as another site sent it, before it is believed."""

    id: int
    site: int
    actor: PersonId | None
    event: Any
    size: int = 0
    """Bytes of the event as it came; 0: it is not new."""


class Places(Protocol):
    """Where units and people are and were at home."""

    def unit_until(self, unit: UnitId | None, site: int) -> int:
        """Until when (an id) a unit was at home at a site; `FOR_EVER`: it is; `NEVER`: it never was, as far as is
        known."""

    def person_until(self, person: int, site: int) -> int:
        """The same of a person."""

    def above(self, unit: UnitId | None) -> Sequence[UnitId]:
        """A unit and those above it."""

    def unit_of(self, person: int) -> UnitId | None:
        """The main unit of a person."""

    def let(self, unit: UnitId, parent: UnitId) -> None:
        """A unit was added by a claim of the same batch."""

    def let_person(self, person: PersonId, unit: UnitId) -> None:
        """A person was."""


@dataclass(slots=True)
class Hearing:
    """What all modules know together about the claims of one batch."""

    places: Places
    guests: dict[tuple[int, int], int] = field(default_factory=dict)
    """(person, site) → until when the person, at home elsewhere, has proven to be at that site."""
    officers: dict[int, set[UnitId]] = field(default_factory=dict)
    """Who holds or held a role → over which units."""
    everywhere: set[int] = field(default_factory=set)
    """Who acts for every site: its local administrator."""

    def has_unit(self, claim: Claim, unit: UnitId | None) -> bool:
        """Whether a unit is at home where the claim comes from."""
        return claim.id <= self.places.unit_until(unit, claim.site) + LATE

    def has_person(self, claim: Claim, person: int) -> bool:
        """Whether a person is at home where the claim comes from."""
        return claim.id <= self.places.person_until(person, claim.site) + LATE

    def is_there(self, claim: Claim, person: int) -> bool:
        """Whether a person may act at that site: at home there, or a guest. Being a guest ends at once."""
        return self.has_person(claim, person) or claim.id <= self.guests.get((person, claim.site), NEVER)

    def may_act(self, claim: Claim) -> bool:
        """Whether the author may act at that site."""
        return claim.actor is not None and self.is_there(claim, claim.actor)

    def may_decide(self, claim: Claim, unit: UnitId | None) -> bool:
        """Whether the author may be who decided something about a unit of that site: also somebody who has a role over
        it and asked from elsewhere."""
        if claim.actor is None or claim.actor in self.everywhere or self.may_act(claim):
            return True
        over = self.officers.get(claim.actor, set())
        return any(each in over for each in self.places.above(unit))


Rule = Callable[[Any, Claim], str | None]
Rules = Mapping[type[Event], Rule]
Limits = Mapping[type[Event], Callable[[Any], bool]]


class Knowledge:
    """What one module knows of the claims of one batch. Subclasses fill `RULES`: a rule returns why a claim is held, or
    None; and `LIMITS`: whether what an event says could have come through a door of any release. A limit looks at the
    event alone, so that all sites come to the same answer. `NAMED` are rules for whoever asks for them (`@event(…,
    believed="member")`)."""

    RULES: ClassVar[Rules] = {}
    LIMITS: ClassVar[Limits] = {}
    NAMED: ClassVar[Mapping[str, Rule]] = {}

    def __init__(self, hearing: Hearing) -> None:
        self.hearing = hearing

    async def read(self, db: Connection, claims: Sequence[Claim]) -> None:
        """Read what the rules ask for, all claims at once."""

    @classmethod
    def rule_of(cls, event: type[Event]) -> Rule | None:
        """How this module judges a type; None: it does not."""
        known = getattr(event, "TYPE", None)
        return cls.RULES.get(event) or (cls.NAMED.get(known.believed) if known is not None else None)

    def learn(self, claim: Claim) -> None:
        """A claim was believed: later ones of the same batch may rest on it."""


KNOWLEDGE: list[type[Knowledge]] = []
"""What all modules know; filled by `bilin.core.house`."""


def rule_types() -> set[type[Event]]:
    """The event types that some module judges."""
    types = {each.cls for each in EVENT_TYPES.values()}
    return {event for event in types if any(cls.rule_of(event) is not None for cls in KNOWLEDGE)}


def limits() -> Limits:
    """The limit of every event type that has one. What says itself of whom it is believed (`believed`), and holds ids
    and choices alone, needs none: those are looked at when it is read."""
    declared = (each.cls for each in EVENT_TYPES.values() if each.believed)
    bounded: Limits = {event: lambda _: True for event in declared if _is_bounded(event)}
    return {**bounded, **{event: limit for cls in KNOWLEDGE for event, limit in cls.LIMITS.items()}}


def _is_bounded(event: type[Event]) -> bool:
    return all(_is_choice(each.type) for each in msgspec.structs.fields(event))


def _is_choice(kind: Any) -> bool:
    """An id, yes or no, one of a few words, or nothing."""
    if get_origin(kind) in (Union, UnionType):
        return all(map(_is_choice, get_args(kind)))
    return get_origin(kind) is Literal or (isinstance(kind, type) and issubclass(kind, CHOICES))


async def judge(db: Connection, hearing: Hearing, claims: Sequence[Claim]) -> list[str | None]:
    """Why each claim is held, in their order; None: it is believed."""
    known = [cls(hearing) for cls in KNOWLEDGE]
    for each in known:
        await each.read(db, claims)
    return decide(known, limits(), claims)


def decide(known: Sequence[Knowledge], bounds: Limits, claims: Sequence[Claim]) -> list[str | None]:
    """The same by what modules have read: no database, no clock. The simulator of sites judges by it."""
    types = {type(claim.event) for claim in claims}
    by_type = {event: (each, rule) for each in known for event in types if (rule := each.rule_of(event)) is not None}
    answers: list[str | None] = []
    for claim in claims:
        found = by_type.get(type(claim.event))
        if found is None:
            why: str | None = UNKNOWN_TYPE
        elif not _fits(claim, bounds):
            why = BEYOND_LIMITS
        else:
            why = found[1](found[0], claim)
        if why is None and found is not None:
            found[0].learn(claim)
        answers.append(why)
    return answers


def _fits(claim: Claim, bounds: Limits) -> bool:
    limit = bounds.get(type(claim.event))
    if limit is not None and not limit(claim.event):
        return False
    return claim.size <= MAX_UNKNOWN_BYTES or claim.size - len(to_json(claim.event)) <= MAX_UNKNOWN_BYTES
