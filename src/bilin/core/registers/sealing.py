"""Columns whose values lie sealed: what is known of one stands at the column, and it is sealed before it is written.

    sa.Column("content", sa.LargeBinary, info=sealed_under("person"))

A value is sealed under the data key of a scope and the id of the event that brought it, together with the place it
belongs to (decision 0034): the table, the column and the key of its row. Moved to another row it does not open.
"""

import struct
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import asyncpg
import sqlalchemy as sa

from bilin.core.codec import to_json
from bilin.core.crypto import Keyring

Place = Callable[..., bytes]
Row: TypeAlias = "Mapping[str, Any] | asyncpg.Record"


def sealed_under(scope: str, clock: str = "id", place: Place | None = None) -> dict[str, Any]:
    """`info` of a sealed column: the column of the key that names the scope, and the one with the id of the event that
    brought it. `place` is what a column said of its place, given its key, before this was declared."""
    return {"sealed_under": scope, "clock": clock, "place": place}


def is_sealed(column: "sa.Column[Any]") -> bool:
    """Whether the values of a column lie sealed."""
    return "sealed_under" in column.info


def sealed_columns(table: sa.Table) -> "Iterable[sa.Column[Any]]":
    """Those that `seal_column` seals and `open_sealed` opens; others have a place of their own."""
    return (column for column in table.columns if "clock" in column.info)


def seal_column(keys: Keyring, column: "sa.Column[Any]", row: Mapping[str, Any], identifier: int) -> bytes:
    """The value of a column as it is written; `row` holds it and the key."""
    value = row[column.name]
    plain = value if isinstance(value, bytes) else value.encode() if isinstance(value, str) else to_json(value)
    return keys.seal(row[column.info["sealed_under"]], identifier, plain, _place(column, row))


def open_sealed(keys: Keyring, column: "sa.Column[Any]", row: "Row") -> bytes:
    """The value of a column of a row as it was read, with its key and its clock. `keys.load` comes first."""
    return keys.open(row[column.info["clock"]], row[column.name], _place(column, row))


def _place(column: "sa.Column[Any]", row: "Row") -> bytes:
    key = [row[each.name] for each in column.table.primary_key]
    own: Place | None = column.info["place"]
    if own is not None:
        return own(*key)
    return f"{column.table.fullname}.{column.name}".encode() + struct.pack(f">{len(key)}q", *key)
