"""Merging what events say into rows: for each field the event with the highest id wins."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from msgspec import UNSET

Row = dict[str, Any]


def say(row: Row, event_id: int, facts: Mapping[str, Any]) -> None:
    """Write what an event says of some fields, unless a later event has spoken of them. `UNSET` says nothing."""
    for field, value in facts.items():
        if value is not UNSET and row[f"{field}_id"] < event_id:
            row[field], row[f"{field}_id"] = value, event_id


def columns(rows: Iterable[Row], names: Sequence[str]) -> list[list[Any]]:
    """Rows as columns, for `UNNEST`."""
    rows = list(rows)
    return [[row[name] for row in rows] for name in names]
