"""Putting back facts of the organisation."""

from collections.abc import Iterable
from typing import Any, ClassVar

from msgspec import UNSET

from bilin.core.events import Event, Recorded
from bilin.core.undoing import NOTHING, Cell, Undoing
from bilin.org.events import (
    PersonAdded,
    PersonChanged,
    PersonDeactivated,
    PersonReactivated,
    UnitAdded,
    UnitChanged,
    UnitRemoved,
)

UNIT_FIELDS = ("name", "kind", "rank", "parent")
PERSON_FIELDS = ("name", "title", "email", "phone")


class OrgUndoing(Undoing):
    """Units and people as they were. Who was added is deactivated, and a unit removed; what was removed is gone."""

    READS: ClassVar = (
        UnitAdded,
        UnitChanged,
        UnitRemoved,
        PersonAdded,
        PersonChanged,
        PersonDeactivated,
        PersonReactivated,
    )
    STAYS: ClassVar = (UnitRemoved,)

    def cells(self, record: Recorded[Event]) -> Iterable[tuple[Cell, Any]]:
        event = record.event
        if isinstance(event, UnitAdded | UnitRemoved):
            yield ("there", event.unit), isinstance(event, UnitAdded)
        if isinstance(event, UnitAdded | UnitChanged):
            for field in UNIT_FIELDS:
                if (value := getattr(event, field)) is not UNSET:
                    yield ("unit", event.unit, field), value
        elif isinstance(event, PersonAdded | PersonChanged):
            for field in PERSON_FIELDS:
                if (value := getattr(event, field)) is not UNSET:
                    yield ("person", event.person, field), value
            if event.unit is not UNSET or event.units is not UNSET:
                yield ("person", event.person, "posts"), (event.unit, event.units)
        if isinstance(event, PersonAdded | PersonDeactivated | PersonReactivated):
            yield ("active", event.person), not isinstance(event, PersonDeactivated)

    def restore(self, cell: Cell, value: Any, present: Any) -> Event | None:
        kind, about, *field = cell
        if kind == "active":
            return PersonReactivated(person=about) if value is True else PersonDeactivated(person=about)
        if kind == "there":
            return UnitRemoved(unit=about) if present else None
        if value is NOTHING:  # it was made by what is undone
            return None
        if kind == "unit":
            return UnitChanged(unit=about, **{field[0]: value})
        if field == ["posts"]:
            return PersonChanged(person=about, unit=value[0], units=value[1])
        return PersonChanged(person=about, **{field[0]: value})
