"""A cell, and what the events of one type write into it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar, TypeAlias

import sqlalchemy as sa
from msgspec import UNSET

from bilin.core.codec import to_json
from bilin.core.registers.sealing import seal_column

if TYPE_CHECKING:
    from bilin.core.events import Batch, Recorded, Work

Source: TypeAlias = "str | Callable[[Work, Recorded[Any]], Any]"
"""Where the value of a column comes from: a field of the event, `id` or `actor` of its record, or a function."""
OF_RECORD = ("id", "actor")


def left_out(*_: Any) -> Any:
    """The source of a field that a type of event never tells."""
    return UNSET


@dataclass(frozen=True)
class Cell:
    """Something in the rows of a table that events about one key write."""

    KIND: ClassVar[str]
    table: sa.Table
    key: tuple[str, ...]

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row of an event holds, in order."""
        raise NotImplementedError

    @property
    def clocks(self) -> Mapping[str, str]:
        """Of each column that the event writes the one that holds the event's id; those without any are constant."""
        return {}

    @property
    def rule(self) -> str:
        """The merge rule that administrators read."""
        raise NotImplementedError

    @property
    def statement(self) -> str:
        """Takes one array for each column."""
        raise NotImplementedError

    def __call__(self, **sources: Source) -> "Write":
        """What one type of event writes. A column that is not named has the field of its name, a clock the `id`."""
        return Write(self, {**dict.fromkeys(self.clocks.values(), "id"), **sources})

    def each(self, columns: str | tuple[str, ...], many: Source, **sources: Source) -> "Write":
        """What a type of event writes that tells of several things at once: `many` are those things, and `columns` have
        one of them in each row (of several columns: a tuple)."""
        return Write(self, self(**sources).sources, many=((columns,) if isinstance(columns, str) else columns, many))


@dataclass(frozen=True)
class Write:
    """What the events of one type write into one cell.

    Events that leave a field of it out (of `Fields`: all of them), or do not say whom it is about (a key that is null),
    do not touch the cell.
    """

    cell: Cell
    sources: Mapping[str, Source]
    many: tuple[tuple[str, ...], Source] | None = None
    """Columns that an event has several rows of, and where those come from: values of the one column, or tuples."""

    def source(self, column: str) -> Source:
        """Where this column comes from."""
        if self.many is not None and column in self.many[0]:
            return self.many[1]
        return self.sources.get(column, column)

    @property
    def key(self) -> tuple[str, ...]:
        """The key in the words of the event, for the page of merge rules; empty when the event itself is the thing."""
        named = (self.source(column) for column in self.cell.key)
        return tuple(name for name in named if isinstance(name, str) and name != "id")

    async def __call__(self, work: "Work", batch: "Batch[Any]") -> None:
        """Write all of a batch in one statement."""
        rows = [row for record in batch for row in self.rows(work, record)]
        if rows:
            await work.db.execute(self.cell.statement, *map(list, zip(*rows, strict=True)))

    def rows(self, work: "Work", record: "Recorded[Any]") -> Iterator[list[Any]]:
        """What one event writes: a row for the cell's statement, none, or several."""
        columns = self.cell.columns
        if self.many is None:
            yield from self._told(work, {name: self._value(work, record, name) for name in columns})
            return
        several, source = self.many
        shared = {name: self._value(work, record, name) for name in columns if name not in several}
        found = _value(work, record, source)
        for each in () if found is UNSET else found:
            own = zip(several, each if len(several) > 1 else (each,), strict=True)
            yield from self._told(work, shared | dict(own))

    def _value(self, work: "Work", record: "Recorded[Any]", column: str) -> Any:
        return _value(work, record, self.sources.get(column, column))

    def _told(self, work: "Work", row: dict[str, Any]) -> Iterator[list[Any]]:
        """The row, sealed and packed, if it says anything."""
        cell, clocks = self.cell, self.cell.clocks
        if any(row[name] is None for name in cell.key):
            return
        left_out = [name for name in cell.columns if row[name] is UNSET]
        if left_out:
            if cell.KIND != "fields" or len(left_out) * 2 + len(cell.key) == len(cell.columns):
                return
            row |= {name: None for each in left_out for name in (each, clocks[each])}
        yield [_stored(work, cell, row, name) for name in cell.columns]


def _value(work: "Work", record: "Recorded[Any]", source: Source) -> Any:
    if not isinstance(source, str):
        return source(work, record)
    return getattr(record if source in OF_RECORD else record.event, source)


def _stored(work: "Work", cell: Cell, row: Mapping[str, Any], name: str) -> Any:
    column, value = cell.table.c[name], row[name]
    if value is None:
        return None
    if "sealed_under" in column.info:
        return seal_column(work.keys, column, row, row[cell.clocks[name]])
    return to_json(value).decode() if hasattr(column.type, "item_type") else value
