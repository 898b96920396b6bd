"""What was set where, and what follows from it for a unit or a person: pure rules, over the tree of units.

From the top down, the first unit that locked its value for everybody ends the way. Then from the bottom up, the first
unit that says anything counts; in it what is said of a role of the person, then of a post, then of everybody. Of
several roles (or posts) the one that was set last.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile
from typing import Literal, NamedTuple

import asyncpg
import msgspec
import structlog

from bilin.core.database import Connection
from bilin.core.ids import Id, PersonId, UnitId
from bilin.core.policies import POLICIES, Value
from bilin.org import unit_parents
from bilin.policies.model import EVERYBODY, ROLE, PolicySaid

logger = structlog.get_logger(__name__)

SELECT_SAID = """
SELECT DISTINCT ON (policy, unit, subject) id, policy, unit, subject, value, locked, reason, person
  FROM policies.said ORDER BY policy, unit, subject, id DESC"""
Sayings = dict[UnitId, dict[str, PolicySaid]]
"""Of one policy: unit → subject → what was set."""
PolicyState = Literal["counts", "replaced", "locked_out", "for_others"]
"""What became of a value that was set: it counts; a unit below has its own; a unit above fixed another; it is for a
role or post that is not asked about."""


class Step(NamedTuple):
    """A value on the way from the company down to a unit."""

    said: PolicySaid
    state: PolicyState


@dataclass(slots=True)
class Chart:
    """The tree, and what was set."""

    parents: Mapping[UnitId, UnitId | None] = field(default_factory=dict)
    said: dict[str, Sayings] = field(default_factory=dict)
    newest: dict[tuple[str, UnitId, str], Id] = field(default_factory=dict)
    """The event that was heard last of each: an earlier one that comes later does not count."""

    def hear(self, policy: str, said: PolicySaid) -> None:
        """Take note of what an event says. What this program cannot have as a value is as if nobody had said it."""
        cell = (policy, said.unit, said.subject)
        if self.newest.get(cell, 0) > said.id:
            return
        self.newest[cell] = said.id
        units = self.said.setdefault(policy, {})
        own = units.setdefault(said.unit, {})
        own.pop(said.subject, None)
        if is_possible(policy, said.value):
            own[said.subject] = said
        if not own:
            del units[said.unit]

    def path(self, unit: UnitId | None) -> list[UnitId]:
        """The unit and those above it, from the top down; ends at a circle and where one is not known."""
        found: dict[UnitId, None] = {}
        while unit is not None and unit not in found:
            found[unit] = None
            unit = self.parents.get(unit)
        return list(reversed(found))

    def counting(self, policy: str, unit: UnitId | None, subjects: Collection[str] = ()) -> PolicySaid | None:
        """What counts for a unit, or for somebody in it of whom these things are true; None: nobody set anything."""
        units = self.said.get(policy)
        if not units:
            return None
        way = self.path(unit)
        for each in reversed(self._until_locked(units, way)):
            if each in units and (found := _of(units[each], subjects)) is not None:
                return found
        return None

    def locking(self, policy: str, unit: UnitId) -> PolicySaid | None:
        """What a unit above fixed, so that this one may not have its own."""
        units = self.said.get(policy, {})
        above = (units[each].get(EVERYBODY) for each in self.path(unit)[:-1] if each in units)
        return next((said for said in above if said is not None and said.locked), None)

    def steps(self, policy: str, unit: UnitId, subjects: Collection[str] = ()) -> list[Step]:
        """Everything that was set on the way down to a unit, and what became of it."""
        units = self.said.get(policy, {})
        way = self.path(unit)
        open_to = set(self._until_locked(units, way))
        counts = self.counting(policy, unit, subjects)
        sayings = [said for each in way for _, said in sorted(units.get(each, {}).items())]
        return [Step(said, _state(said, counts, subjects, is_open=said.unit in open_to)) for said in sayings]

    def below(self, unit: UnitId) -> set[UnitId]:
        """The units below a unit, itself included."""
        children: dict[UnitId, list[UnitId]] = {}
        for each, parent in self.parents.items():
            if parent is not None:
                children.setdefault(parent, []).append(each)
        found, rest = {unit}, [unit]
        while rest:
            new = [child for child in children.get(rest.pop(), ()) if child not in found]
            found.update(new)
            rest += new
        return found

    def subjects_of(self, policy: str) -> set[str]:
        """The roles and posts of which anything was said, in any unit."""
        return {subject for own in self.said.get(policy, {}).values() for subject in own} - {EVERYBODY}

    def with_said(self, policy: str, said: PolicySaid) -> "Chart":
        """As it would be."""
        units = {unit: dict(own) for unit, own in self.said.get(policy, {}).items()}
        chart = Chart(self.parents, {**self.said, policy: units})
        chart.hear(policy, said)
        return chart

    def _until_locked(self, units: Sayings, way: Sequence[UnitId]) -> list[UnitId]:
        """The way from the top as far as the first unit that fixed its value, itself included."""
        free = sum(1 for _ in takewhile(lambda each: not _is_locked(units.get(each)), way))
        return list(way[: free + 1])


def _is_locked(own: Mapping[str, PolicySaid] | None) -> bool:
    general = None if own is None else own.get(EVERYBODY)
    return general is not None and general.locked


def _of(own: Mapping[str, PolicySaid], subjects: Collection[str]) -> PolicySaid | None:
    special = [own[subject] for subject in subjects if subject in own]
    if special:
        return max(special, key=lambda said: (said.subject.startswith(ROLE), said.id))
    return own.get(EVERYBODY)


def _state(said: PolicySaid, counts: PolicySaid | None, subjects: Collection[str], *, is_open: bool) -> PolicyState:
    if said is counts:
        return "counts"
    if said.subject not in (EVERYBODY, *subjects):
        return "for_others"
    return "replaced" if is_open else "locked_out"


def is_possible(policy: str, value: Value | None) -> bool:
    """Whether this program knows the policy, and it may have the value."""
    known = POLICIES.get(policy)
    if known is None or value is None:
        return False
    try:
        known.checked(value)
    except msgspec.ValidationError:
        logger.warning("policies.value_unknown", policy=policy, value=value)
        return False
    return True


async def read_chart(db: Connection) -> Chart:
    """The chart within the snapshot of a connection."""
    chart = Chart(await unit_parents(db))
    for row in await db.fetch(SELECT_SAID):
        chart.hear(row["policy"], said_of(row))
    return chart


def said_of(row: asyncpg.Record) -> PolicySaid:
    """A row of `policies.said`."""
    value: Value | None = None if row["value"] is None else msgspec.json.decode(row["value"])
    person = None if row["person"] is None else PersonId(row["person"])
    return PolicySaid(Id(row["id"]), UnitId(row["unit"]), row["subject"], value, row["locked"], row["reason"], person)
