"""Putting back policies."""

from collections.abc import Iterable
from typing import Any, ClassVar

from bilin.core.events import Event, Recorded
from bilin.core.undoing import NOTHING, Cell, Undoing
from bilin.policies.events import ValueSet


class PoliciesUndoing(Undoing):
    """Values as they were."""

    READS: ClassVar = (ValueSet,)

    def cells(self, record: Recorded[Event]) -> Iterable[tuple[Cell, Any]]:
        if isinstance(event := record.event, ValueSet):
            yield ("policy", event.policy, event.unit, event.subject), (event.value, event.locked, event.reason)

    def restore(self, cell: Cell, value: Any, present: Any) -> Event | None:
        _, policy, unit, subject = cell
        was, locked, reason = (None, False, "") if value is NOTHING else value
        return ValueSet(policy=policy, unit=unit, subject=subject, value=was, locked=locked, reason=reason)
