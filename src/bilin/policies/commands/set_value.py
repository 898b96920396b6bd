"""Set a policy of a unit, or let it be inherited again."""

from typing import Any, cast

import msgspec

from bilin.core.characters import has_control
from bilin.core.commands import Context
from bilin.core.database import Connection, snapshot, versions
from bilin.core.fields import checked
from bilin.core.ids import UnitId
from bilin.core.log import Decision, Expect
from bilin.core.ownership import require_own
from bilin.core.policies import Policy, Value
from bilin.core.reasons import HoldsControls, NotAsDescribed, NotOneOf, OutOfRange, Reason, Wrong
from bilin.identity import ROLES
from bilin.org import TREE, access_unit
from bilin.policies.access import access_policy, manage_policies
from bilin.policies.chart import read_chart
from bilin.policies.errors import PolicyLocked
from bilin.policies.events import ValueSet
from bilin.policies.model import EVERYBODY, MAX_NUMBER, POST, ROLE, PolicyName, ReasonText, Subject, cell_entity


class NotASubject(Reason, frozen=True, tag="not_a_subject"):
    """A policy is for everybody, for who has a role, or for who has a post."""

    text = "everybody (empty), role: and a role, or post: and a title"


class FixedForSome(Reason, frozen=True, tag="fixed_for_some"):
    """Only a value that everybody in the unit has can be fixed for the units below."""

    text = "only a value for everybody in the unit can be fixed"


class SetValue(msgspec.Struct, frozen=True):
    """Set what holds in a unit and below it; no value: as the unit above says."""

    policy: PolicyName
    unit: UnitId
    value: Value | None
    subject: Subject = EVERYBODY
    locked: bool = False
    reason: ReasonText = ""


async def set_value(command: SetValue, ctx: Context) -> Decision | None:
    """For who sets policies of the unit, at the site that owns it. None when it is so already.

    Raises `PolicyLocked` where a unit above fixed the value; a value that was set before that may still be reset.
    """
    policy = access_policy(command.policy)
    said = checked_value(policy, command)
    async with snapshot(ctx.site.pool) as (db, _):
        await access_unit(db, command.unit)
        await require_own(db, ctx, command.unit)
        await manage_policies(db, ctx, command.unit)
        chart = await read_chart(db)
        locking = chart.locking(policy.name, command.unit)
        if locking is not None and command.value is not None:
            raise PolicyLocked(policy=policy.name, unit=locking.unit)
        present = chart.said.get(policy.name, {}).get(command.unit, {}).get(command.subject)
        expects = await _expect(db, policy, chart.path(command.unit))
    was = (None, False) if present is None else (present.value, present.locked)
    return None if was == (command.value, command.locked) else Decision([said], expects)


def checked_value(policy: Policy[Any], command: SetValue) -> ValueSet:
    """What would be said. Raises `Invalid` for what no unit can say."""
    checked("subject", _subject, command.subject)
    checked("locked", lambda locked: _lock(command, locked=locked), command.locked)
    checked("reason", _text, command.reason)
    if command.value is not None:
        checked("value", lambda value: _value(policy, value), command.value)
    return ValueSet(
        policy=policy.name,
        unit=command.unit,
        subject=command.subject,
        value=command.value,
        locked=command.locked,
        reason=command.reason.strip(),
    )


async def _expect(db: Connection, policy: Policy[Any], way: list[UnitId]) -> list[Expect]:
    """The unit stands where it does, and nobody on the way to it says anything else meanwhile."""
    entities = [TREE, *(cell_entity(policy.name, unit) for unit in way)]
    return [Expect(*pair) for pair in (await versions(db, entities)).items()]


def _value(policy: Policy[Any], value: Value) -> Value:
    bounds = policy.bounds
    if bounds.kind == "number" and isinstance(value, int) and not isinstance(value, bool):
        least, most = bounds.least or 0, min(bounds.most or MAX_NUMBER, MAX_NUMBER)
        if not least <= value <= most:
            raise Wrong(OutOfRange(least=least, most=most))
    if bounds.kind == "choice" and value not in bounds.choices:
        raise Wrong(NotOneOf(values=", ".join(bounds.choices)))
    try:
        return cast("Value", policy.checked(value))
    except msgspec.ValidationError as wrong:
        raise Wrong(NotAsDescribed(problem=str(wrong))) from wrong


def _subject(subject: str) -> str:
    if subject.startswith(ROLE) and subject.removeprefix(ROLE) not in ROLES:
        raise Wrong(NotOneOf(values=", ".join(f"{ROLE}{role}" for role in sorted(ROLES))))
    is_known = subject == EVERYBODY or subject.startswith((ROLE, POST))
    if not is_known or subject == POST or subject != subject.strip():
        raise Wrong(NotASubject())
    return _text(subject)


def _lock(command: SetValue, *, locked: bool) -> bool:
    if locked and (command.value is None or command.subject != EVERYBODY):
        raise Wrong(FixedForSome())
    return locked


def _text(text: str) -> str:
    if has_control(text):
        raise Wrong(HoldsControls())
    return text
