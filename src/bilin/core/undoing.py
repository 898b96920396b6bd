"""Putting back what some events changed: modules say which *cells* of the state an event writes, and which event
writes a cell again. What stands in a cell is what its latest event (by id) wrote; without the events that are undone it
is what the latest of the others wrote. Where the two differ, an ordinary event puts the latter back, at every site.

Doing it twice changes nothing: the event that put a cell back is then its latest.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, ClassVar

from bilin.core.events import EVENT_TYPES, Event, Recorded

Cell = tuple[Any, ...]
"""The kind of cell, then what it is of."""
NOTHING: Any = object()
"""What stands in a cell that no other event has written."""


class Undoing:
    """What one module knows of it. A new one is made for every undoing; `see` shows it all records first."""

    READS: ClassVar[Collection[type[Event]]] = ()
    """Types of which all events of the log are needed."""
    READS_IN_SCOPE: ClassVar[Collection[type[Event]]] = ()
    """Types of which those of the conversations concerned are needed."""
    STAYS: ClassVar[Collection[type[Event]]] = ()
    """Types that cannot be undone, or need not be: they are for good, or nobody's business but the person's."""

    def __init__(self, new_id: Callable[[], int], locked: str) -> None:
        self.new_id, self.locked = new_id, locked
        """`locked`: a password hash that nobody knows the password of."""

    def named(self, record: Recorded[Event]) -> Iterable[int]:
        """Further events that are needed, by id: what this one speaks of."""
        return ()

    def see(self, records: Sequence[Recorded[Event]]) -> None:
        """All records that were read, in the order of their ids."""

    def cells(self, record: Recorded[Event]) -> Iterable[tuple[Cell, Any]]:
        """The cells an event writes, and what it writes there."""
        return ()

    def restore(self, cell: Cell, value: Any, present: Any) -> Event | None:
        """The event that writes a value (`NOTHING`: as if nobody ever had) where another one is present."""
        return None


UNDOINGS: list[type[Undoing]] = []
"""How each module puts back what was done; filled by `bilin.core.house`."""


def staying() -> set[type[Event]]:
    """All types that are left as they are."""
    declared = {known.cls for known in EVENT_TYPES.values() if known.stays}
    return declared.union(*(cls.STAYS for cls in UNDOINGS))


def put_back(undoing: Undoing, records: Sequence[Recorded[Event]], undone: Collection[int]) -> list[Event]:
    """The events that put back every cell in which an undone event (by id) stands. `records` are in order of ids."""
    undoing.see(records)
    present: dict[Cell, tuple[int, Any]] = {}
    without: dict[Cell, Any] = {}
    for record in records:
        for cell, value in undoing.cells(record):
            present[cell] = record.id, value
            if record.id not in undone:
                without[cell] = value
    changed = _changed(present, without, undone)
    found = (undoing.restore(cell, without.get(cell, NOTHING), value) for cell, value in changed)
    return [event for event in found if event is not None]


def _changed(
    present: Mapping[Cell, tuple[int, Any]], without: Mapping[Cell, Any], undone: Collection[int]
) -> Iterable[tuple[Cell, Any]]:
    for cell, (identifier, value) in present.items():
        if identifier in undone and without.get(cell, NOTHING) != value:
            yield cell, value
