"""`bilin audit verify --state`: do the tables say what the log says?

The log is applied again, through the position of a snapshot, into tables beside, by the very code that applied it
first. Then every table that is derived from it is compared row by row, in order of its key, in pages: memberships,
roles, messages with their words and authors, units and people, passwords, sessions, the registry of sites. So whatever
was written into a table by anything but an event is found, and named with its key.
"""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import asyncpg
import sqlalchemy as sa

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool, snapshot
from bilin.core.errors import BilinError
from bilin.core.events import Work
from bilin.core.log.commit import apply_all
from bilin.core.log.store import Damaged, Row, read_doubtfully
from bilin.core.tables import metadata
from bilin.governance.findings import Finding, Report
from bilin.messaging import load_bodies, load_titles, open_body, open_quote, open_title

STEP = 500
PAGE = 2_000
SEALED = {"messaging.conversation": ("title",), "messaging.message": ("body", "quote")}
"""Compared opened: the nonce is another each time."""
UNCOMPARED = frozenset(("sort", "pinyin", "initials", "found_by"))
"""Worked out by the program from what is compared; the next release may do it otherwise."""
Tell = Callable[[str, int], None]
"""Is told what is looked at, and how much of it was."""

Key = tuple[Any, ...]
Values = Mapping[str, Any]


async def verify_state(
    pool: Pool,
    scratch: Connection,
    keys: tuple[Keyring, Keyring],
    site: int,
    tell: Tell,
    report: Report,
) -> None:
    """Apply the log into the scratch tables and compare; what differs is added to the report. `keys` are those of
    the two sides: data keys differ."""
    report.rows = 0
    async with snapshot(pool) as (db, head):
        await _apply(db, scratch, keys, site, head, report, tell)
        for table in metadata.sorted_tables:
            if not table.info.get("local"):
                await _compare(Side(db, keys[0], table), Side(scratch, keys[1], table), report, tell)


async def _apply(
    db: Connection,
    scratch: Connection,
    keys: tuple[Keyring, Keyring],
    site: int,
    head: int,
    report: Report,
    tell: Tell,
) -> None:
    for after in range(0, head, STEP):
        found = await read_doubtfully(db, keys[0], after, min(head, after + STEP))
        for row in found:
            if isinstance(row, Damaged):
                report.event("damaged", "the event cannot be applied: its body does not open", row.pos, row.id)
        rows = [row for row in found if isinstance(row, Row)]
        await keys[1].ensure(scratch, {(row.scope, row.record.id) for row in rows})
        async with scratch.transaction():
            await apply_all(Work(scratch, keys[1], site), [row.record for row in rows])
        tell("events applied", min(head, after + STEP))


async def _compare(mine: "Side", derived: "Side", report: Report, tell: Tell) -> None:
    """Walk both sides together, as in merging."""
    one, other = aiter(mine.rows()), aiter(derived.rows())
    left, right = await anext(one, None), await anext(other, None)
    compared = 0
    while left is not None or right is not None:
        if left is not None and (right is None or left[0] < right[0]):
            report.note(_finding(mine, left[0], "no event says that there is this row"))
            left = await anext(one, None)
        elif right is not None and (left is None or right[0] < left[0]):
            report.note(_finding(mine, right[0], "the row that the log says there is was taken out"))
            right = await anext(other, None)
        elif left is not None and right is not None:
            if names := [name for name in left[1] if left[1][name] != right[1][name]]:
                report.note(_finding(mine, left[0], f"the log says something else of: {', '.join(names)}"))
            left, right = await anext(one, None), await anext(other, None)
        compared += 1
        if compared % PAGE == 0:
            tell(f"rows of {mine.name}", compared)
    report.rows = (report.rows or 0) + compared


def _finding(side: "Side", key: Key, said: str) -> Finding:
    about = ", ".join(f"{name} {value}" for name, value in zip(side.key, key, strict=True))
    return Finding("state", f"{side.name} ({about}): {said}")


class Side:
    """A table of one of the two sides, in order of its key."""

    def __init__(self, db: Connection, keys: Keyring, table: sa.Table) -> None:
        self._db, self._keys = db, keys
        self.name = table.fullname
        columns = list(table.primary_key.columns)
        self.key = [column.name for column in columns]
        texts = {each.name for each in columns if isinstance(each.type, sa.Text)}
        ordered = [f'"{name}" COLLATE "C"' if name in texts else f'"{name}"' for name in self.key]
        after = f"({', '.join(ordered)}) > ({', '.join(f'${place}' for place in range(1, len(columns) + 1))})"
        end = f"ORDER BY {', '.join(ordered)} LIMIT {PAGE}"
        self._first = f"SELECT * FROM {self.name} {end}"  # noqa: S608 (our own tables)
        self._next = f"SELECT * FROM {self.name} WHERE {after} {end}"  # noqa: S608 (our own tables)

    async def rows(self) -> AsyncIterator[tuple[Key, Values]]:
        """Every row: its key, and what is compared of it."""
        page = await self._db.fetch(self._first)
        while page:
            for row in page:
                yield tuple(row[name] for name in self.key), await self._said(row)
            page = await self._db.fetch(self._next, *(page[-1][name] for name in self.key))

    async def _said(self, row: "asyncpg.Record") -> Values:
        said = {name: value for name, value in row.items() if name not in UNCOMPARED}
        for column in SEALED.get(self.name, ()):
            said[column] = await self._words(column, row)
        return said

    async def _words(self, column: str, row: "asyncpg.Record") -> bytes | str | None:
        if row[column] is None:
            return None
        try:
            if column == "title":
                await load_titles(self._db, self._keys, [row], "id")
                return open_title(self._keys, row["id"], row["title_id"], row["title"])
            await load_bodies(self._db, self._keys, [row])
            return open_body(self._keys, row) if column == "body" else open_quote(self._keys, row)
        except BilinError as cause:
            return f"does not open: {cause.code}"
