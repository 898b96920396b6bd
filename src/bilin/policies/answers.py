"""What the policies page is told."""

from typing import Any, Literal

import msgspec

from bilin.core.ids import PersonId, UnitId
from bilin.core.policies import Measure, Policy, Value
from bilin.policies.chart import PolicyState
from bilin.policies.model import PolicySaid


class PolicyView(msgspec.Struct, frozen=True):
    """A policy as it stands in a unit."""

    name: str
    meaning: str
    """In English, as in the settings file; clients have words of their own for those they know."""
    kind: Literal["number", "switch", "choice"]
    measure: Measure
    least: int | None
    most: int | None
    choices: tuple[str, ...]
    value: Value
    """What counts for everybody in the unit of whom nothing else is said."""
    default: Value
    """What counts at this site where nobody set anything."""
    said: PolicySaid | None
    """Where the value comes from: set here, or in a unit above. None: the default."""
    own: PolicySaid | None
    """What was set here for everybody, whether or not it counts."""
    locked_by: UnitId | None
    """The unit above that fixed the value."""
    special: tuple[PolicySaid, ...]
    """What was set here for some roles or posts."""
    below: int
    """Units below that say something of their own."""


class OwnCount(msgspec.Struct, frozen=True):
    """How many values of its own a unit has."""

    unit: UnitId
    own: int


class PoliciesOfUnit(msgspec.Struct, frozen=True):
    """All policies as they stand in a unit, and how many values of their own the units have that who asks manages."""

    pos: int
    unit: UnitId
    policies: tuple[PolicyView, ...]
    counts: tuple[OwnCount, ...]


class PolicyStep(msgspec.Struct, frozen=True):
    """A value on the way from the company to the unit."""

    said: PolicySaid
    state: PolicyState


class PolicyExplanation(msgspec.Struct, frozen=True):
    """Why a policy is what it is in a unit: from the company down, then who below follows and who differs."""

    pos: int
    policy: PolicyView
    steps: tuple[PolicyStep, ...]
    below: tuple[PolicySaid, ...]
    """What units below say of their own."""
    following_units: int
    following_people: int
    """Units below, and people in them and here, for whom this unit's value counts."""
    history: tuple[PolicySaid, ...]
    """What this unit ever said, newest first."""


class PolicyOfPerson(msgspec.Struct, frozen=True):
    """Why a policy is what it is for a person."""

    pos: int
    person: PersonId
    unit: UnitId
    value: Value
    default: Value
    said: PolicySaid | None
    steps: tuple[PolicyStep, ...]


class OwnPolicy(msgspec.Struct, frozen=True):
    """A unit below with a value of its own, for everybody in it."""

    unit: UnitId
    value: Value


class PolicyEffect(msgspec.Struct, frozen=True):
    """What would change. Counted on who works where now."""

    pos: int
    value: Value
    """What would count in the unit."""
    units: int
    """Units in which another value would count."""
    people: int
    """Active people for whom another value would count."""
    kept: tuple[OwnPolicy, ...]
    """Units below that would keep a value of their own."""
    ended: tuple[OwnPolicy, ...]
    """Units below whose own value would no longer count."""


def view_of(policy: Policy[Any], **more: Any) -> PolicyView:
    """A policy with what is said of it."""
    bounds = policy.bounds
    return PolicyView(
        name=policy.name,
        meaning=policy.meaning,
        kind=bounds.kind,
        measure=policy.measure,
        least=bounds.least,
        most=bounds.most,
        choices=bounds.choices,
        **more,
    )
