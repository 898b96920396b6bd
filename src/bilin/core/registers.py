"""Registers: what an event writes is declared once, and how two such events meet follows from the kind of register.

    pins = register(tables.pin, key=("conversation", "message"), fields=("present", "person"))

    @event("messaging.pin_set", version=1, writes=(pins(person="actor"),))
    class PinSet(ConversationEvent, frozen=True, kw_only=True): ...

The declaration gives the statement that turns a whole batch of events into rows, the merge rule that administrators
read, and what the tests of convergence try. Each kind is a join of a semilattice (Shapiro et al., "Conflict-free
Replicated Data Types", 2011): the same rows come out in whatever order, batches and repetitions the events come.

An applier is written by hand where the matter is no register: numbers in order of arrival, membership, the tree.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias, TypeVar

import sqlalchemy as sa
from msgspec import UNSET
from sqlalchemy.dialects import postgresql

from bilin.core.codec import to_json
from bilin.core.events import Batch, Recorded, Work

Source: TypeAlias = "str | Callable[[Work, Recorded[Any]], Any]"
"""Where the value of a column comes from: a field of the event, `id` or `actor` of its record, or a function."""

_DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Register:
    """One cell for each key: of two events about it the one with the higher id wins, and `fields` are its own."""

    table: sa.Table
    key: tuple[str, ...]
    fields: tuple[str, ...]
    clock: str = "id"
    """The column that holds the id of the event which wrote the fields last; null or 0 before the first."""
    rule: str = "last_writer"

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row of an event holds, in order."""
        return (*self.key, *self.fields, self.clock)

    @cached_property
    def statement(self) -> str:
        """Takes one array for each column."""
        key = ", ".join(self.key)
        sets = ", ".join(f"{name} = excluded.{name}" for name in (*self.fields, self.clock))
        guard = f"t.{self.clock} IS NULL OR excluded.{self.clock} > t.{self.clock}"
        return (
            f"{_insert(self)} SELECT DISTINCT ON ({key}) {_selected(self)} FROM {_unnested(self)}"
            f" ORDER BY {key}, {self.clock} DESC ON CONFLICT ({key}) DO UPDATE SET {sets} WHERE {guard}"
        )

    def __call__(self, **sources: Source) -> "Write":
        """What one type of event writes. A column that is not named has the field of its name, the clock the `id`."""
        return Write(self, {self.clock: "id", **sources})


@dataclass(frozen=True)
class Once:
    """A row for each key that is the same whoever tells of it: the key is the id of what made it, or says all.

    A row that is there already (because something else was heard of it before) gets the fields.
    """

    table: sa.Table
    key: tuple[str, ...]
    fields: tuple[str, ...] = ()
    rule: str = "additive"

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row of an event holds, in order."""
        return (*self.key, *self.fields)

    @cached_property
    def statement(self) -> str:
        """Takes one array for each column."""
        key = ", ".join(self.key)
        sets = ", ".join(f"{name} = excluded.{name}" for name in self.fields)
        return (
            f"{_insert(self)} SELECT DISTINCT ON ({key}) {_selected(self)} FROM {_unnested(self)}"
            f" ORDER BY {key} ON CONFLICT ({key}) DO {f'UPDATE SET {sets}' if sets else 'NOTHING'}"
        )

    def __call__(self, **sources: Source) -> "Write":
        """What one type of event writes. A column that is not named has the field of its name."""
        return Write(self, sources)


@dataclass(frozen=True)
class Extreme:
    """The lowest or highest id of all events about one key; `fields` are the same whichever event tells them."""

    table: sa.Table
    key: tuple[str, ...]
    column: str
    pick: str
    """`least` or `greatest`."""
    fields: tuple[str, ...] = ()

    @property
    def rule(self) -> str:
        """What ends or begins a thing counts from its first event; what only grows, from its last."""
        return "tombstone" if self.pick == "least" else "maximum"

    @property
    def columns(self) -> tuple[str, ...]:
        """What a row of an event holds, in order."""
        return (*self.key, *self.fields, self.column)

    @cached_property
    def statement(self) -> str:
        """Takes one array for each column."""
        one, key = self.column, ", ".join(self.key)
        rest = "".join(f", min({name})" for name in self.fields)
        aggregate = {"least": "min", "greatest": "max"}[self.pick]
        return (
            f"{_insert(self)} SELECT {key}{rest}, {aggregate}({one}) FROM {_unnested(self)}"
            f" GROUP BY {key} ORDER BY {key}"
            f" ON CONFLICT ({key}) DO UPDATE SET {one} = {self.pick}(t.{one}, excluded.{one})"
        )

    def __call__(self, **sources: Source) -> "Write":
        """What one type of event writes. A column that is not named has the field of its name, the extreme the `id`."""
        return Write(self, {self.column: "id", **sources})


Cell: TypeAlias = Register | Once | Extreme
C = TypeVar("C", Register, Once, Extreme)


@dataclass(frozen=True)
class Write:
    """What the events of one type write into one cell.

    Events that leave a field of it out, or do not say whom it is about (a key that is null), do not touch the cell.
    """

    cell: Cell
    sources: Mapping[str, Source]

    def source(self, column: str) -> Source:
        """Where this column comes from."""
        return self.sources.get(column, column)

    @property
    def key(self) -> tuple[str, ...]:
        """The key in the words of the event, for the page of merge rules; empty when the event itself is the thing."""
        named = (self.source(column) for column in self.cell.key)
        return tuple(name for name in named if isinstance(name, str) and name != "id")

    async def __call__(self, work: Work, batch: Batch[Any]) -> None:
        """Write all of a batch in one statement."""
        rows = [row for row in zip(*self._columns(work, batch), strict=True) if self._is_told(row)]
        if not rows:
            return
        columns = map(list, zip(*rows, strict=True))
        await work.db.execute(self.cell.statement, *columns)

    def _is_told(self, row: Sequence[Any]) -> bool:
        return UNSET not in row and None not in row[: len(self.cell.key)]

    def _columns(self, work: Work, batch: Batch[Any]) -> list[list[Any]]:
        return [self._values(work, batch, name) for name in self.cell.columns]

    def _values(self, work: Work, batch: Batch[Any], name: str) -> list[Any]:
        source = self.source(name)
        if isinstance(source, str):
            (values,) = batch.columns(source)
        else:
            values = [source(work, record) for record in batch]
        return [_packed(value) for value in values] if _is_array(self.cell.table.c[name]) else values


def register(
    table: sa.Table, key: Sequence[str], fields: Sequence[str], clock: str = "id", *, rule: str = "last_writer"
) -> Register:
    """The latest event about a key wins. `rule="owned"`: it is written at the home of the unit only."""
    return _checked(Register(table, tuple(key), tuple(fields), clock, rule))


def once(table: sa.Table, key: Sequence[str], fields: Sequence[str] = ()) -> Once:
    """A thing that is there from its event on."""
    return _checked(Once(table, tuple(key), tuple(fields)))


def least(table: sa.Table, key: Sequence[str], column: str, fields: Sequence[str] = ()) -> Extreme:
    """The first event counts, for good: what ended stays ended. Null until then."""
    return _checked(Extreme(table, tuple(key), column, "least", tuple(fields)))


def greatest(table: sa.Table, key: Sequence[str], column: str, fields: Sequence[str] = ()) -> Extreme:
    """It only moves forward. Null or 0 until then."""
    return _checked(Extreme(table, tuple(key), column, "greatest", tuple(fields)))


def _checked(cell: C) -> C:
    """A name that is no column of the table is refused where it is declared, not at the first event."""
    for name in cell.columns:
        if name not in cell.table.c:
            raise ValueError(f"{cell.table.fullname} has no column {name}")
    return cell


def _insert(cell: Cell) -> str:
    return f"INSERT INTO {cell.table.fullname} AS t ({', '.join(cell.columns)})"


def _unnested(cell: Cell) -> str:
    arrays = ", ".join(f"${place}::{_passed_as(cell.table.c[name])}[]" for place, name in enumerate(cell.columns, 1))
    return f"unnest({arrays}) AS e({', '.join(cell.columns)})"


def _selected(cell: Cell) -> str:
    return ", ".join(_unpacked(name) if _is_array(cell.table.c[name]) else name for name in cell.columns)


def _is_array(column: "sa.Column[Any]") -> bool:
    return isinstance(column.type, postgresql.ARRAY)


def _passed_as(column: "sa.Column[Any]") -> str:
    """`unnest` takes arrays of arrays apart, so a list travels as JSON."""
    return "text" if _is_array(column) else column.type.compile(dialect=_DIALECT).lower()


def _packed(value: Any) -> Any:
    return value if value is UNSET or value is None else to_json(value).decode()


def _unpacked(name: str) -> str:
    return f"ARRAY(SELECT jsonb_array_elements_text(e.{name}::jsonb))"
