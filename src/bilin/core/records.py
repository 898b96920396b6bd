"""Records: things with fields that are made, changed field by field, and removed.

One declaration brings the event types, the table, what is written, how it merges, and of whom another site is believed
it (decision 0045).

    @record(base=TaskEvent, table="tasks.task", made=Told("tasks.task_made", "Somebody is to do something."), …)
    class Task(Record):
        title: str = field(max_length=500, sealed_under="project")
        done: bool = field(False)
        assignees: frozenset[PersonId] = members()

    Task.Made(task=…, title="…", done=False, assignees=(…,))
    Task.Changed(task=…, done=True, assignees_added=(…,))

`base` is the kind of event it is: its audience, its key at rest, its scope, and the fields that say which record is
meant. Each field has a clock of its own, each member of a set is a register, and what was removed stays so. Commands
are written by hand: who may, and what is right, is judgement.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import UnionType
from typing import Any, ClassVar, Literal, Union, dataclass_transform, get_args, get_origin, get_type_hints

import msgspec
import sqlalchemy as sa
from msgspec import UNSET, UnsetType

from bilin.core.errors import Invalid
from bilin.core.events import Event, Merge, additive, event, last_writer, tombstone
from bilin.core.reasons import Reason, TooLong
from bilin.core.registers import Write, fields, least, sealed_under
from bilin.core.registers import members as set_of
from bilin.core.registers import tombstone as end_of
from bilin.core.tables import metadata

NEEDED: Any = object()
"""The default of a field that whoever makes the record must say."""
SQL_TYPES: tuple[tuple[type, type[sa.types.TypeEngine[Any]]], ...] = (
    (bool, sa.Boolean),
    (int, sa.BigInteger),
    (str, sa.Text),
)


@dataclass(frozen=True)
class _Field:
    default: Any
    max_length: int | None = None
    sealed_under: str | None = None
    is_set: bool = False


def field(default: Any = NEEDED, *, max_length: int | None = None, sealed_under: str | None = None) -> Any:
    """A field. `max_length`: of a text, in characters. `sealed_under`: it lies sealed, under the data key of the scope
    that this column of the key names."""
    return _Field(default, max_length, sealed_under)


def members() -> Any:
    """A set, to which members are added and from which they are removed one by one."""
    return _Field((), is_set=True)


@dataclass(frozen=True)
class Told:
    """A type of event of a record: its name, its documentation, and the version it is at."""

    name: str
    doc: str
    version: int = 1


class Record:
    """Base of all records. Their types are made from the declaration; who makes an event of them names the fields."""

    Made: ClassVar[Any]
    """The key and all fields; those with a default may be left out."""
    Changed: ClassVar[Any]
    """The key and what has changed."""
    Removed: ClassVar[Any]
    """The key."""
    TABLE: ClassVar[sa.Table]
    FIELDS: ClassVar[Mapping[str, _Field]]

    @classmethod
    def check(cls, given: Mapping[str, Any]) -> None:
        """Raises `Invalid` for texts that are too long: for commands, before they decide."""
        wrong: dict[str, Reason] = {
            name: TooLong(most=each.max_length)
            for name, each in cls.FIELDS.items()
            if each.max_length is not None and isinstance(given.get(name), str) and len(given[name]) > each.max_length
        }
        if wrong:
            raise Invalid(reasons=wrong)


@dataclass_transform(kw_only_default=True, field_specifiers=(field, members))
def record(
    *,
    base: type[Event],
    table: sa.Table | str,
    info: Mapping[str, Any] | None = None,
    key: Mapping[str, str] | None = None,
    made: Told | None = None,
    changed: Told | None = None,
    removed: Told | None = None,
    made_in: str = "made",
    removed_in: str = "removed",
    believed: str = "",
    stays: bool = False,
) -> Any:
    """Class decorator: enter the types of a record into the registry.

    `table` is one that is there, or the name of one that is made from the declaration; `info` is what is known of the
    one that is made, and of those of its sets: `compared(…)`, `PERSONAL` or `LOCAL`. `key` says where columns of its
    primary key come from that are no field of `base` of the same name. `made_in` and `removed_in` are the columns with
    the id of the event that made and that removed it, if the table has them. Of `believed` and `stays` see `event`.
    """

    def declare(cls: type[Record]) -> type[Record]:
        cls.FIELDS = {name: each for name, each in vars(cls).items() if isinstance(each, _Field)}
        hints = get_type_hints(cls)
        cls.TABLE = _table(table, base, cls, hints, info or {}) if isinstance(table, str) else table
        sources = {each.name: (key or {}).get(each.name, each.name) for each in cls.TABLE.primary_key}
        types = _Types(cls, hints, base, sources, {"believed": believed, "stays": stays})
        words = tuple(sources.values())
        if made is not None:
            cls.Made = types.enter(made, additive(), types.made(), types.made_writes(made_in))
        if changed is not None:
            cls.Changed = types.enter(changed, last_writer(*words, "field"), types.changed(), types.changed_writes())
        if removed is not None:
            end = end_of(cls.TABLE, tuple(sources), removed_in)(**sources)
            cls.Removed = types.enter(removed, tombstone(*words), [], [end])
        return cls

    return declare


@dataclass(frozen=True)
class _Types:
    """The event types of a record: their fields, and what they write."""

    cls: type[Record]
    hints: Mapping[str, Any]
    base: type[Event]
    key: Mapping[str, str]
    """Column of the key → where it comes from."""
    further: Mapping[str, Any]

    def enter(self, told: Told, merge: Merge, said: list[Any], writes: list[Write]) -> type[Event]:
        """Enter one of them into the registry."""
        name = "".join(part.capitalize() for part in told.name.rpartition(".")[2].split("_"))
        more: dict[str, Any] = {"module": self.cls.__module__, "namespace": {"__doc__": told.doc}}
        made: Any = msgspec.defstruct(name, said, bases=(self.base,), frozen=True, kw_only=True, **more)
        entered: type[Event] = event(told.name, version=told.version, merge=merge, writes=writes, **self.further)(made)
        return entered

    def made(self) -> list[Any]:
        """Its fields, after those of the base."""
        said: list[Any] = []
        for name, each in self.cls.FIELDS.items():
            kind = self._many(name) if each.is_set else self.hints[name]
            said.append((name, kind) if each.default is NEEDED else (name, kind, each.default))
        return said

    def changed(self) -> list[Any]:
        single: list[Any] = [(name, self.hints[name] | UnsetType, UNSET) for name in self._single]
        return single + [(f"{name}_{way}", self._many(name), ()) for name in self._sets for way in ("added", "removed")]

    def made_writes(self, made_in: str) -> list[Write]:
        table = self.cls.TABLE
        first = [least(table, tuple(self.key), made_in)(**self.key)] if made_in in table.c else []
        return [*first, *self._written(), *(self._members(name, name, present=True) for name in self._sets)]

    def changed_writes(self) -> list[Write]:
        ways = (("added", True), ("removed", False))
        sets = (self._members(name, f"{name}_{way}", present=is_in) for name in self._sets for way, is_in in ways)
        return [*self._written(), *sets]

    @property
    def _single(self) -> list[str]:
        return [name for name, each in self.cls.FIELDS.items() if not each.is_set]

    @property
    def _sets(self) -> list[str]:
        return [name for name, each in self.cls.FIELDS.items() if each.is_set]

    def _many(self, name: str) -> Any:
        return tuple[get_args(self.hints[name])[0], ...]  # type: ignore[misc]

    def _written(self) -> Iterator[Write]:
        if self._single:
            yield fields(self.cls.TABLE, tuple(self.key), self._single)(**self.key)

    def _members(self, name: str, source: str, *, present: bool) -> Write:
        cell = set_of(_table_of_set(self.cls.TABLE, name, tuple(self.key)), tuple(self.key), "member")
        return cell.each("member", source, present=lambda *_: present, **self.key)


def _table(
    name: str, base: type[Event], cls: type[Record], hints: Mapping[str, Any], info: Mapping[str, Any]
) -> sa.Table:
    """A table for a record: the fields of its kind of event are its key."""
    schema, _, own = name.rpartition(".")
    ends = [_id(each) for each in ("made", "removed")]
    columns = [each for said in cls.FIELDS for each in _columns(said, cls.FIELDS[said], hints)]
    return sa.Table(own, metadata, *_key(base.__struct_fields__), *ends, *columns, schema=schema, info=dict(info))


def _table_of_set(table: sa.Table, name: str, key: tuple[str, ...]) -> sa.Table:
    own = f"{table.name}_{name}"
    there: sa.Table | None = table.metadata.tables.get(f"{table.schema}.{own}")
    if there is not None:
        return there
    said: list[sa.Column[Any]] = [sa.Column("present", sa.Boolean, nullable=False), _id("id")]
    info = dict(table.info)
    if "part" in info:
        part, compared_by, is_scoped = info["part"]
        info["part"] = (f"{part}_{name}", compared_by, is_scoped)
    return sa.Table(own, table.metadata, *_key((*key, "member")), *said, schema=table.schema, info=info)


def _key(names: tuple[str, ...]) -> "list[sa.Column[int]]":
    return [sa.Column(each, sa.BigInteger, primary_key=True, autoincrement=False) for each in names]


def _id(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger)


def _columns(name: str, each: _Field, hints: Mapping[str, Any]) -> "Iterator[sa.Column[Any]]":
    if each.is_set:
        return
    if each.sealed_under is not None:
        yield sa.Column(name, sa.LargeBinary, info=sealed_under(each.sealed_under, f"{name}_id"))
    else:
        yield sa.Column(name, _sql_type(hints[name]))
    yield sa.Column(f"{name}_id", sa.BigInteger, nullable=False, server_default="0")


def _sql_type(hint: Any) -> type[sa.types.TypeEngine[Any]]:
    is_optional = get_origin(hint) in (Union, UnionType)
    (kind,) = [each for each in get_args(hint) if each is not type(None)] if is_optional else [hint]
    if get_origin(kind) is Literal:
        return sa.Text
    return next(sql for python, sql in SQL_TYPES if issubclass(kind, python))
