"""What the browser is told of the declarations, as JSON: which event writes what, by which key, and who wins.

Here the browser's rule and its saved copy come from (docs/developers/registers.md).
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from bilin.core.registers.cells import Extreme
from bilin.core.registers.writes import Cell, Write

if TYPE_CHECKING:
    from bilin.core.events import EventType


def describe(types: "Iterable[EventType]") -> dict[str, list[dict[str, Any]]]:
    """Event type → what it writes, of the types that declare it; private fields are left out."""
    return {
        each.name: [_described(write, each.private) for write in each.writes]
        for each in sorted(types, key=lambda each: each.name)
        if each.writes
    }


def _described(write: Write, private: frozenset[str]) -> dict[str, Any]:
    cell = write.cell
    said = [name for name in cell.columns if name not in cell.key and write.source(name) not in private]
    clocks = cell.clocks
    return {
        "kind": _kind(cell),
        "table": cell.table.fullname,
        "key": {name: _source(write, name) for name in cell.key},
        "fields": {name: _source(write, name) for name in said if name not in clocks.values()},
        "clocks": {name: clock for name, clock in clocks.items() if name in said},
        **({"many": list(write.many[0])} if write.many is not None else {}),
    }


def _kind(cell: Cell) -> str:
    return cell.pick if isinstance(cell, Extreme) else cell.KIND


def _source(write: Write, name: str) -> str | None:
    """The field of the event, `id` or `actor` of its frame; None: the server works it out."""
    source = write.source(name)
    return source if isinstance(source, str) else None
