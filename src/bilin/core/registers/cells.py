"""The kinds of registers, and the statement of each that writes a whole batch."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from bilin.core.registers.writes import Cell

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]


@dataclass(frozen=True)
class Register(Cell):
    """One cell for each key: of two events about it the one with the higher id wins, and `fields` are its own."""

    KIND = "register"
    fields: tuple[str, ...]
    clock: str = "id"
    """The column that holds the id of the event which wrote the fields last; null or 0 before the first."""
    rule: str = "last_writer"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.fields, self.clock)

    @property
    def clocks(self) -> Mapping[str, str]:
        return dict.fromkeys((*self.fields, self.clock), self.clock)

    @cached_property
    def statement(self) -> str:
        key = ", ".join(self.key)
        sets = ", ".join(f"{name} = excluded.{name}" for name in (*self.fields, self.clock))
        guard = f"t.{self.clock} IS NULL OR excluded.{self.clock} > t.{self.clock}"
        return (
            f"{_insert(self)} SELECT DISTINCT ON ({key}) {_selected(self)} FROM {_unnested(self)}"
            f" ORDER BY {key}, {self.clock} DESC ON CONFLICT ({key}) DO UPDATE SET {sets} WHERE {guard}"
        )


@dataclass(frozen=True)
class Fields(Cell):
    """Several fields of one row, each with a clock of its own: an event writes those that it tells, and of each the
    event with the higher id wins. Clocks are 0 before the first."""

    KIND = "fields"
    told: tuple[tuple[str, str], ...]
    """(field, its clock)"""
    rule: str = "last_writer"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *(name for pair in self.told for name in pair))

    @property
    def clocks(self) -> Mapping[str, str]:
        return dict(self.told) | {clock: clock for _, clock in self.told}

    @cached_property
    def statement(self) -> str:
        key = ", ".join(self.key)
        rows = ", ".join(f"{self._latest(name, clock)}, coalesce(max({clock}), 0)" for name, clock in self.told)
        sets = ", ".join(
            f"{name} = CASE WHEN excluded.{clock} > t.{clock} THEN excluded.{name} ELSE t.{name} END,"
            f" {clock} = greatest(t.{clock}, excluded.{clock})"
            for name, clock in self.told
        )
        return (
            f"{_insert(self)} SELECT {key}, {rows} FROM {_unnested(self)} GROUP BY {key} ORDER BY {key}"
            f" ON CONFLICT ({key}) DO UPDATE SET {sets}"
        )

    def _latest(self, name: str, clock: str) -> str:
        """What the latest event of the batch says that tells this field; what stands in a new row if none does."""
        told = f"(array_agg({name} ORDER BY {clock} DESC) FILTER (WHERE {clock} IS NOT NULL))[1]"
        column = self.table.c[name]
        found = f"ARRAY(SELECT jsonb_array_elements_text({told}::jsonb))" if is_array(column) else told
        return found if column.nullable else f"coalesce({found}, {_default(column)})"


@dataclass(frozen=True)
class Once(Cell):
    """A row for each key that is the same whoever tells of it: the key is the id of what made it, or says all.

    A row that is there already (because something else was heard of it before) gets the fields.
    """

    KIND = "once"
    fields: tuple[str, ...] = ()
    rule: str = "additive"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.fields)

    @cached_property
    def statement(self) -> str:
        key = ", ".join(self.key)
        sets = ", ".join(f"{name} = excluded.{name}" for name in self.fields)
        return (
            f"{_insert(self)} SELECT DISTINCT ON ({key}) {_selected(self)} FROM {_unnested(self)}"
            f" ORDER BY {key} ON CONFLICT ({key}) DO {f'UPDATE SET {sets}' if sets else 'NOTHING'}"
        )


@dataclass(frozen=True)
class Extreme(Cell):
    """The lowest or highest id of all events about one key; `fields` are the same whichever event tells them."""

    KIND = "extreme"
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
        return (*self.key, *self.fields, self.column)

    @property
    def clocks(self) -> Mapping[str, str]:
        return {self.column: self.column}

    @cached_property
    def statement(self) -> str:
        one, key = self.column, ", ".join(self.key)
        rest = "".join(f", min({name})" for name in self.fields)
        aggregate = {"least": "min", "greatest": "max"}[self.pick]
        return (
            f"{_insert(self)} SELECT {key}{rest}, {aggregate}({one}) FROM {_unnested(self)}"
            f" GROUP BY {key} ORDER BY {key}"
            f" ON CONFLICT ({key}) DO UPDATE SET {one} = {self.pick}(t.{one}, excluded.{one})"
        )


@dataclass(frozen=True)
class Tombstone(Cell):
    """The first event that ends a thing is told of it, for good, and what the thing said is gone."""

    KIND = "tombstone"
    fields: tuple[str, ...]
    clock: str
    """Null until then."""
    clears: tuple[str, ...] = ()
    """Columns that are null from then on."""
    rule: str = "tombstone"

    @property
    def columns(self) -> tuple[str, ...]:
        return (*self.key, *self.fields, self.clock)

    @property
    def clocks(self) -> Mapping[str, str]:
        return dict.fromkeys((*self.fields, self.clock), self.clock)

    @cached_property
    def statement(self) -> str:
        key = ", ".join(self.key)
        sets = [
            *(f"{name} = excluded.{name}" for name in (*self.fields, self.clock)),
            *map("{} = NULL".format, self.clears),
        ]
        return (
            f"{_insert(self)} SELECT DISTINCT ON ({key}) {_selected(self)} FROM {_unnested(self)}"
            f" ORDER BY {key}, {self.clock} ON CONFLICT ({key}) DO UPDATE SET {', '.join(sets)}"
            f" WHERE t.{self.clock} IS NULL OR excluded.{self.clock} < t.{self.clock}"
        )


C = TypeVar("C", bound=Cell)


def register(
    table: sa.Table, key: Sequence[str], fields: Sequence[str], clock: str = "id", *, rule: str = "last_writer"
) -> Register:
    """The latest event about a key wins."""
    return _checked(Register(table, tuple(key), tuple(fields), clock, rule))


def owned(table: sa.Table, key: Sequence[str], fields: Sequence[str], clock: str = "id") -> Register:
    """The same of what is written at the home of a unit only, so that nothing meets but when homes moved meanwhile."""
    return register(table, key, fields, clock, rule="owned")


def members(table: sa.Table, key: Sequence[str], member: str, present: str = "present", clock: str = "id") -> Register:
    """A set: each member of it is a register that says whether it is in."""
    return register(table, (*key, member), (present,), clock)


def fields(table: sa.Table, key: Sequence[str], names: Sequence[str], *, rule: str = "last_writer") -> Fields:
    """A record: each field `name` has its clock in `name_id`. An event that leaves a field out does not touch it."""
    told = tuple((name, f"{name}_id") for name in names)
    cell = _checked(Fields(table, tuple(key), told, rule))
    if any(table.c[clock].nullable for _, clock in told):
        raise ValueError(f"a clock of {table.fullname} may be null")
    return cell


def once(table: sa.Table, key: Sequence[str], fields: Sequence[str] = ()) -> Once:
    """A thing that is there from its event on."""
    return _checked(Once(table, tuple(key), tuple(fields)))


def least(table: sa.Table, key: Sequence[str], column: str, fields: Sequence[str] = ()) -> Extreme:
    """The first event counts, for good: what ended stays ended. Null until then."""
    return _checked(Extreme(table, tuple(key), column, "least", tuple(fields)))


def greatest(table: sa.Table, key: Sequence[str], column: str, fields: Sequence[str] = ()) -> Extreme:
    """It only moves forward. Null or 0 until then."""
    return _checked(Extreme(table, tuple(key), column, "greatest", tuple(fields)))


def tombstone(
    table: sa.Table, key: Sequence[str], column: str, fields: Sequence[str] = (), clears: Sequence[str] = ()
) -> Tombstone:
    """What ended stays ended, as its first end says (`fields`), and `clears` are null."""
    return _checked(Tombstone(table, tuple(key), tuple(fields), column, tuple(clears)))


def _checked(cell: C) -> C:
    """A name that is no column of the table is refused where it is declared, not at the first event."""
    for name in (*cell.columns, *getattr(cell, "clears", ())):
        if name not in cell.table.c:
            raise ValueError(f"{cell.table.fullname} has no column {name}")
    return cell


def _insert(cell: Cell) -> str:
    return f"INSERT INTO {cell.table.fullname} AS t ({', '.join(cell.columns)})"


def _unnested(cell: Cell) -> str:
    arrays = ", ".join(f"${place}::{_passed_as(cell.table.c[name])}[]" for place, name in enumerate(cell.columns, 1))
    return f"unnest({arrays}) AS e({', '.join(cell.columns)})"


def _selected(cell: Cell) -> str:
    return ", ".join(_unpacked(name) if is_array(cell.table.c[name]) else name for name in cell.columns)


def is_array(column: "sa.Column[Any]") -> bool:
    """Whether a column holds a list of texts."""
    return isinstance(column.type, postgresql.ARRAY)


def _passed_as(column: "sa.Column[Any]") -> str:
    """`unnest` takes arrays of arrays apart, so a list travels as JSON."""
    return "text" if is_array(column) else column.type.compile(dialect=DIALECT).lower()


def _unpacked(name: str) -> str:
    return f"ARRAY(SELECT jsonb_array_elements_text(e.{name}::jsonb))"


def _default(column: "sa.Column[Any]") -> str:
    """What stands in a column that nobody has told. Raises `ValueError` when the table does not say."""
    default = column.server_default
    said = default.arg if isinstance(default, sa.DefaultClause) else None
    if said is None:
        raise ValueError(f"{column} is never null and has no default")
    return f"'{said}'" if isinstance(said, str) else str(said.compile(dialect=DIALECT))
