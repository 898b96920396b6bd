"""What is declared converges, and every guard of the statements that are made from it is needed.

Each cell that any module declares is written with random rows in random orders, batches and repetitions, and must hold
what a few lines of Python say. Then one guard after the other is taken out of the statement of each kind of cell.
"""

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import pytest
import sqlalchemy as sa

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool
from bilin.core.events import EVENT_TYPES, Batch, Event, Recorded, Work, event, write_all
from bilin.core.ids import Id, PersonId
from bilin.core.registers import Cell, Extreme, Once, Register, greatest, least, once, register
from bilin.sites.homes.events import HomeSet
from bilin.sites.registry.events import SiteChanged

CELLS = list(dict.fromkeys(write.cell for known in EVENT_TYPES.values() for write in known.writes))
HISTORIES = 25
Row = tuple[Any, ...]

thing = sa.Table(
    "thing",
    sa.MetaData(),
    sa.Column("a", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("b", sa.Text, primary_key=True),
    sa.Column("word", sa.Text),
    sa.Column("id", sa.BigInteger),
    sa.Column("first", sa.BigInteger),
    sa.Column("last", sa.BigInteger),
)
CREATE = """
CREATE TEMPORARY TABLE thing (a bigint, b text, word text, id bigint, first bigint, last bigint, PRIMARY KEY (a, b))"""
SPEAK_OF = "INSERT INTO thing (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING"
KEY = ("a", "b")
LATEST, MADE = register(thing, KEY, ("word",)), once(thing, KEY, ("word",))
FIRST, LAST = least(thing, KEY, "first", ("word",)), greatest(thing, KEY, "last")
WEAKENED = {
    "a later event wins": (LATEST, " WHERE t.id IS NULL OR excluded.id > t.id", ""),
    "the latest of a batch wins": (LATEST, "id DESC", "id"),
    "what is there already gets the fields": (MADE, "UPDATE SET word = excluded.word", "NOTHING"),
    "the first counts": (FIRST, "least(t.first, excluded.first)", "excluded.first"),
    "the first of a batch counts": (FIRST, "min(first)", "max(first)"),
    "the last counts": (LAST, "greatest(t.last, excluded.last)", "excluded.last"),
    "the last of a batch counts": (LAST, "max(last)", "min(last)"),
}


def _value(column: "sa.Column[Any]", number: int) -> Any:
    """One of a few values of a column's type."""
    if isinstance(column.type, sa.ARRAY):
        return [f"w{at}" for at in range(number % 3)]
    kinds = {sa.Boolean: bool(number % 2), sa.Text: f"w{number % 3}", sa.LargeBinary: bytes([number % 3])}
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), number % 3 + 1)


def _rows(cell: Cell, draw: random.Random) -> list[Row]:
    """Rows of events with ids of their own, about few keys. But registers say one thing of a key, by their contract."""
    rows = []
    for identifier in draw.sample(range(10, 99), draw.randint(1, 12)):
        key = [_value(cell.table.c[name], draw.randrange(2)) for name in cell.key]
        fixed = 0 if isinstance(cell, Register) else sum(map(len, map(str, key)))
        fields = [_value(cell.table.c[name], fixed or draw.randrange(3)) for name in cell.fields]
        rows.append((*key, *fields, *([] if isinstance(cell, Once) else [identifier])))
    return rows


def _expected(cell: Cell, rows: Sequence[Row]) -> dict[Row, Row]:
    """Key → what stands there, said in another way than the statements say it."""
    found: dict[Row, Row] = {}
    width = len(cell.key)
    for row in rows:
        key, rest = row[:width], tuple(tuple(x) if isinstance(x, list) else x for x in row[width:])
        there = found.get(key)
        if there is None:
            found[key] = rest
        elif isinstance(cell, Register):
            found[key] = max(there, rest, key=lambda each: each[-1])
        elif isinstance(cell, Extreme):
            pick = min if cell.pick == "least" else max
            found[key] = (*there[:-1], pick(there[-1], rest[-1]))
    return found


def _told(rows: Sequence[Row], draw: random.Random) -> Iterator[list[Row]]:
    """In any order, cut into any batches, some of them twice."""
    again = [*rows, *draw.sample(rows, draw.randint(0, len(rows)))]
    draw.shuffle(again)
    while again:
        size = draw.randint(1, len(again))
        yield again[:size]
        again = again[size:]


async def _holds(db: Connection, cell: Cell, statement: str, seed: int) -> bool:
    """Whether a random history ends in what is expected."""
    draw = random.Random(seed)  # noqa: S311 (a test is to be repeatable)
    rows = _rows(cell, draw)
    transaction = db.transaction()
    await transaction.start()
    try:
        if cell.table is thing:  # something else was heard of some before
            await db.executemany(SPEAK_OF, [row[:2] for row in rows[::2]])
        for batch in _told(rows, draw):
            await db.execute(statement, *([_passed(x) for x in column] for column in zip(*batch, strict=True)))
        found = await db.fetch(f"SELECT {', '.join(cell.columns)} FROM {cell.table.fullname}")  # noqa: S608 (constants)
    finally:
        await transaction.rollback()
    width = len(cell.key)
    there = [tuple(tuple(x) if isinstance(x, list) else x for x in row.values()) for row in found]
    return {row[:width]: row[width:] for row in there} == _expected(cell, rows)


def _passed(value: Any) -> Any:
    return json.dumps(value) if isinstance(value, list) else value


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.table.fullname}.{cell.columns[-1]}")
async def test_what_is_declared_converges(database: Pool, cell: Cell) -> None:
    async with database.acquire() as db:
        for seed in range(HISTORIES):
            assert await _holds(db, cell, cell.statement, seed), f"seed {seed}"


@pytest.mark.parametrize(("cell", "guard", "without"), WEAKENED.values(), ids=WEAKENED)
async def test_every_guard_is_needed(database: Pool, cell: Cell, guard: str, without: str) -> None:
    assert guard in cell.statement
    async with database.acquire() as db:
        await db.execute(CREATE)
        held = [await _holds(db, cell, cell.statement.replace(guard, without), seed) for seed in range(HISTORIES)]
    assert not all(held)


async def _written(database: Pool, events: Sequence[Event], table: str) -> list[Row]:
    records = [Recorded(at, Id(1_000 + at), 1, PersonId(1), None, each) for at, each in enumerate(events)]
    async with database.acquire() as db:
        await write_all(Work(db, Keyring(bytes(32)), 1), Batch(records))
        return [tuple(row.values()) for row in await db.fetch(f"SELECT * FROM {table} ORDER BY 1")]  # noqa: S608


async def test_a_field_that_is_left_out_stays(database: Pool) -> None:
    told = [SiteChanged(site=2, name="Shanghai"), SiteChanged(site=2, address="https://sh"), SiteChanged(site=3)]
    (row,) = await _written(database, told, "sites.site")
    assert row[:5] == (2, "Shanghai", 1_000, "https://sh", 1_001)


async def test_a_key_without_a_value_is_about_nothing(database: Pool) -> None:
    told = [HomeSet(unit=Id(7), site=None), HomeSet(unit=Id(8), site=2)]  # type: ignore[arg-type]
    assert await _written(database, told, "sites.was_home") == [(8, 2)]


def test_a_column_that_is_not_there_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="has no column colour"):
        register(thing, KEY, ("colour",))


def test_an_event_says_how_it_merges() -> None:
    with pytest.raises(ValueError, match="neither what it writes nor how it merges"):

        @event("registers.nothing_said", version=1)
        class _NothingSaid(Event, frozen=True):
            """Nothing."""
