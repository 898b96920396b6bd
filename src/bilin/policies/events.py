"""The fact of policies."""

from typing import Any

from bilin.core.codec import to_json
from bilin.core.events import EVERYONE, Event, Recorded, Work, event, owned
from bilin.core.ids import PersonId, UnitId
from bilin.core.policies import Value
from bilin.core.registers import once
from bilin.policies import tables
from bilin.policies.model import cell_entity

said = once(tables.said, ("id",), ("policy", "unit", "subject", "value", "locked", "reason", "person"))


def _json(_: Work, record: Recorded[Any]) -> str | None:
    value = record.event.value
    return None if value is None else to_json(value).decode()


@event(
    "policies.value_set",
    version=1,
    merge=owned("policy", "unit", "subject"),
    writes=[said(value=_json, person="actor")],
    private=("subject", "value", "locked", "reason"),
)
class ValueSet(Event, frozen=True, kw_only=True):
    """A policy of a unit, and of what is below it, got a value; none: it is inherited again. Of two the one with the
    higher id counts. Clients are sent which policy of which unit it is, and ask when they want to know more."""

    policy: str
    unit: UnitId
    subject: str = ""
    """Whom in the unit: everybody, who has a role (`role:admin`), or a post (`post:` and its title)."""
    value: Value | None
    locked: bool = False
    """Units below may not have another."""
    reason: str = ""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (EVERYONE,)

    def bumps(self) -> tuple[int, ...]:
        return (cell_entity(self.policy, self.unit),)
