"""Reads of policies, exact for the snapshot they are asked on."""

from collections.abc import Callable, Collection, Iterable
from functools import cache
from typing import Any, cast

from bilin.core.commands import Context
from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.core.permissions import Authority
from bilin.core.policies import POLICIES, POLICIES_MANAGE, Policy, Value
from bilin.core.settings import Settings
from bilin.org import unit_tree
from bilin.policies.answers import (
    OwnCount,
    OwnPolicy,
    PoliciesOfUnit,
    PolicyEffect,
    PolicyExplanation,
    PolicyOfPerson,
    PolicyStep,
    PolicyView,
    view_of,
)
from bilin.policies.chart import Chart, read_chart, said_of
from bilin.policies.model import EVERYBODY, PolicySaid
from bilin.policies.people import active_in, holders_of, subjects_true_of

MAX_HISTORY = 50
MAX_BELOW = 500
SELECT_HISTORY = """
SELECT id, unit, subject, value, locked, reason, person FROM policies.said
 WHERE policy = $1 AND unit = $2 ORDER BY id DESC LIMIT $3"""


async def policies_of_unit(db: Connection, pos: int, ctx: Context, unit: UnitId) -> PoliciesOfUnit:
    """Every policy as it stands in a unit."""
    chart, known = await read_chart(db), await _existing(db)
    below = chart.below(unit) & known
    views = tuple(_view(chart, policy, unit, below, ctx.site.settings) for policy in POLICIES.values())
    tops = await ctx.site.get(Authority).units_of(db, ctx.person, POLICIES_MANAGE)
    mine = {each for top in tops for each in chart.below(top)} & known
    own = {each: sum(len(units.get(each, ())) for units in chart.said.values()) for each in mine}
    counts = tuple(OwnCount(each, count) for each, count in sorted(own.items()) if count)
    return PoliciesOfUnit(pos, unit, views, counts)


async def explain(db: Connection, pos: int, ctx: Context, policy: Policy[Any], unit: UnitId) -> PolicyExplanation:
    """Why a policy is what it is in a unit, and who below it follows."""
    chart, known = await read_chart(db), await _existing(db)
    below = chart.below(unit) & known
    counting = {each: chart.counting(policy.name, each) for each in below}
    here = counting.get(unit)
    following = {each for each, said in counting.items() if said == here}
    people = await _people(db, chart, policy, following)
    special = [said for at, true in people.values() if true and (said := chart.counting(policy.name, at, true)) != here]
    own = [said for each in sorted(below - {unit}) for said in chart.said.get(policy.name, {}).get(each, {}).values()]
    history = await db.fetch(SELECT_HISTORY, policy.name, unit, MAX_HISTORY)
    return PolicyExplanation(
        pos=pos,
        policy=_view(chart, policy, unit, below, ctx.site.settings),
        steps=_steps(chart, policy, unit),
        below=tuple(own[:MAX_BELOW]),
        following_units=len(following - {unit}),
        following_people=len(people) - len(special),
        history=tuple(said_of(row) for row in history),
    )


async def why_of_person(
    db: Connection, pos: int, settings: Settings, policy: Policy[Any], person: PersonId, unit: UnitId
) -> PolicyOfPerson:
    """Why a policy is what it is for a person."""
    chart = await read_chart(db)
    subjects = subjects_true_of(person, await holders_of(db, chart.subjects_of(policy.name)))
    said = chart.counting(policy.name, unit, subjects)
    return PolicyOfPerson(
        pos=pos,
        person=person,
        unit=unit,
        value=_value(policy, said, settings),
        default=policy.default(settings),
        said=said,
        steps=_steps(chart, policy, unit, subjects),
    )


async def effect_of(
    db: Connection, pos: int, settings: Settings, policy: Policy[Any], said: PolicySaid
) -> PolicyEffect:
    """What a value would change, for whom."""
    before, known = await read_chart(db), await _existing(db)
    after = before.with_said(policy.name, said)
    below = before.below(said.unit) & known
    was, will = _values(before, policy, settings), _values(after, policy, settings)
    changed = {unit for unit in below if was(unit) != will(unit)}
    has_special = said.subject != EVERYBODY or before.subjects_of(policy.name)
    people = await _people(db, before, policy, below if has_special else changed, [said.subject])
    moved = [each for each, (at, true) in people.items() if was(at, true) != will(at, true)]
    own = [each for each in below - {said.unit} if EVERYBODY in before.said.get(policy.name, {}).get(each, {})]
    ended = {each for each in own if _own_counts(before, policy, each) and not _own_counts(after, policy, each)}
    kept = {each for each in own if _own_counts(after, policy, each)}
    return PolicyEffect(
        pos=pos,
        value=will(said.unit),
        units=len(changed),
        people=len(moved),
        kept=_own(before, policy, kept),
        ended=_own(before, policy, ended),
    )


async def _people(
    db: Connection, chart: Chart, policy: Policy[Any], units: Collection[UnitId], also: Iterable[str] = ()
) -> dict[PersonId, tuple[UnitId, tuple[str, ...]]]:
    """The active people of some units, with what is true of them that the policy speaks of."""
    holders = await holders_of(db, (chart.subjects_of(policy.name) | set(also)) - {EVERYBODY})
    people = await active_in(db, units)
    return {person: (unit, subjects_true_of(person, holders)) for person, unit in people.items()}


async def _existing(db: Connection) -> set[UnitId]:
    return {unit.id for unit in await unit_tree(db)}


def _view(chart: Chart, policy: Policy[Any], unit: UnitId, below: Collection[UnitId], settings: Settings) -> PolicyView:
    said, units = chart.counting(policy.name, unit), chart.said.get(policy.name, {})
    locking = chart.locking(policy.name, unit)
    special = [each for subject, each in sorted(units.get(unit, {}).items()) if subject != EVERYBODY]
    return view_of(
        policy,
        value=_value(policy, said, settings),
        default=policy.default(settings),
        said=said,
        own=units.get(unit, {}).get(EVERYBODY),
        locked_by=None if locking is None else locking.unit,
        special=tuple(special),
        below=sum(1 for each in units if each != unit and each in below),
    )


def _steps(chart: Chart, policy: Policy[Any], unit: UnitId, subjects: Collection[str] = ()) -> tuple[PolicyStep, ...]:
    return tuple(PolicyStep(step.said, step.state) for step in chart.steps(policy.name, unit, subjects))


def _value(policy: Policy[Any], said: PolicySaid | None, settings: Settings) -> Any:
    return policy.default(settings) if said is None else said.value


def _values(chart: Chart, policy: Policy[Any], settings: Settings) -> Callable[..., Value]:
    """What holds for a unit, and for people in it of whom some things are true; worked out once for each."""

    @cache
    def value(unit: UnitId, subjects: tuple[str, ...] = ()) -> Value:
        return cast("Value", _value(policy, chart.counting(policy.name, unit, subjects), settings))

    return value


def _own_counts(chart: Chart, policy: Policy[Any], unit: UnitId) -> bool:
    said = chart.counting(policy.name, unit)
    return said is not None and said.unit == unit


def _own(chart: Chart, policy: Policy[Any], units: Collection[UnitId]) -> tuple[OwnPolicy, ...]:
    said = chart.said.get(policy.name, {})
    values = ((unit, said[unit][EVERYBODY].value) for unit in sorted(units))
    return tuple(OwnPolicy(unit, value) for unit, value in values if value is not None)
