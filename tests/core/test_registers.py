"""What is declared converges, and every guard of the statements that are made from it is needed.

Each cell that any module declares is written with random rows in random orders, batches and repetitions, and must hold
what a few lines of Python say. Then one guard after the other is taken out of the statement of each kind of cell.
"""

import json
import random
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import pytest
import sqlalchemy as sa

from bilin.core.crypto import BodyDamaged, Keyring
from bilin.core.database import Connection, Pool
from bilin.core.events import EVENT_TYPES, Batch, Event, Recorded, Work, event, write_all
from bilin.core.ids import ConversationId, Id, PersonId
from bilin.core.registers import (
    Cell,
    Extreme,
    Fields,
    Once,
    Tombstone,
    fields,
    greatest,
    is_sealed,
    least,
    members,
    once,
    open_sealed,
    owned,
    register,
    sealed_under,
    tombstone,
)
from bilin.messaging.preferences.events import ConversationPreferencesChanged
from bilin.sites.homes.events import HomeSet
from bilin.sites.registry.events import SiteChanged
from bilin.sites.replication.events import KeptBackSettled
from tests.support.registers import first, later, met

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
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    sa.Column("name_id", sa.BigInteger, nullable=False, server_default="0"),
    sa.Column("level", sa.BigInteger),
    sa.Column("level_id", sa.BigInteger, nullable=False, server_default="0"),
)
CREATE = """
CREATE TEMPORARY TABLE thing (
  a bigint, b text, word text, id bigint, first bigint, last bigint, name text NOT NULL DEFAULT '',
  name_id bigint NOT NULL DEFAULT 0, level bigint, level_id bigint NOT NULL DEFAULT 0, PRIMARY KEY (a, b))"""
SPEAK_OF = "INSERT INTO thing (a, b) VALUES ($1, $2) ON CONFLICT DO NOTHING"
KEY = ("a", "b")
LATEST, MADE = register(thing, KEY, ("word",)), once(thing, KEY, ("word",))
FIRST, LAST = least(thing, KEY, "first", ("word",)), greatest(thing, KEY, "last")
TOLD, ENDED = fields(thing, KEY, ("name", "level")), tombstone(thing, KEY, "id", ("word",), ("level",))
WEAKENED = {
    "a later event wins": (LATEST, " WHERE t.id IS NULL OR excluded.id > t.id", ""),
    "the latest of a batch wins": (LATEST, "id DESC", "id"),
    "what is there already gets the fields": (MADE, "UPDATE SET word = excluded.word", "NOTHING"),
    "the first counts": (FIRST, "least(t.first, excluded.first)", "excluded.first"),
    "the first of a batch counts": (FIRST, "min(first)", "max(first)"),
    "the last counts": (LAST, "greatest(t.last, excluded.last)", "excluded.last"),
    "the last of a batch counts": (LAST, "max(last)", "min(last)"),
    "a later event wins, field by field": (
        TOLD,
        "CASE WHEN excluded.name_id > t.name_id THEN excluded.name ELSE t.name END",
        "excluded.name",
    ),
    "an earlier one leaves no trace": (TOLD, "greatest(t.level_id, excluded.level_id)", "excluded.level_id"),
    "the latest of a batch wins, field by field": (TOLD, "name_id DESC", "name_id"),
    "the time of the latest of a batch": (TOLD, "max(level_id)", "min(level_id)"),
    "who leaves a field out does not touch it": (TOLD, " FILTER (WHERE level_id IS NOT NULL)", ""),
    "the first end is told": (ENDED, " WHERE t.id IS NULL OR excluded.id < t.id", ""),
    "the first end of a batch is told": (ENDED, "a, b, id ON", "a, b, id DESC ON"),
}


def _value(column: "sa.Column[Any]", number: int) -> Any:
    """One of a few values of a column's type."""
    if isinstance(column.type, sa.ARRAY):
        return [f"w{at}" for at in range(number % 3)]
    kinds = {sa.Boolean: bool(number % 2), sa.Text: f"w{number % 3}", sa.LargeBinary: bytes([number % 3])}
    return next((value for kind, value in kinds.items() if isinstance(column.type, kind)), number % 3 + 1)


def _rows(cell: Cell, draw: random.Random) -> list[Row]:
    """Rows of events with ids of their own, about few keys. What has no clock is the same for a key: its contract."""
    rows = []
    for identifier in draw.sample(range(10, 99), draw.randint(1, 12)):
        key = {name: _value(cell.table.c[name], draw.randrange(2)) for name in cell.key}
        fixed = sum(map(len, map(str, key.values())))
        row = dict(key)
        for name in cell.columns[len(key) :]:
            clock = cell.clocks.get(name)
            row[name] = (
                identifier
                if clock == name
                else _value(cell.table.c[name], fixed if clock is None else draw.randrange(3))
            )
        if isinstance(cell, Fields):
            for name, clock in draw.sample(cell.told, draw.randrange(len(cell.told))):
                row |= {name: None, clock: None}
        rows.append(tuple(row.values()))
    return rows


def _expected(cell: Cell, rows: Sequence[Row]) -> dict[Row, dict[str, Any]]:
    """Key → what stands there, said in another way than the statements say it."""
    by_key: dict[Row, list[dict[str, Any]]] = {}
    for row in rows:
        named = dict(zip(cell.columns, row, strict=True))
        by_key.setdefault(tuple(named[name] for name in cell.key), []).append(named)
    return {key: _met(cell, told) for key, told in by_key.items()}


def _met(cell: Cell, told: Sequence[dict[str, Any]]) -> dict[str, Any]:
    fixed = {name: told[0][name] for name in cell.columns if name not in cell.key and name not in cell.clocks}
    if isinstance(cell, Once):
        return fixed
    if isinstance(cell, Extreme):
        pick = min if cell.pick == "least" else max
        return fixed | {cell.column: pick(each[cell.column] for each in told)}
    meet, found = first if isinstance(cell, Tombstone) else later, {}
    for name, clock in cell.clocks.items():
        said = [(each[clock], each[name]) for each in told if each[clock] is not None]
        found[name] = met(meet, said)[1] if said else 0 if name == clock else None
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
    there = [{name: row[name] for name in cell.columns} for row in found]
    for row in there:  # what nobody told has its default
        row |= {name: None for name, clock in getattr(cell, "told", ()) if not row[clock]}
    shown = {tuple(row.pop(name) for name in cell.key): row for row in there}
    return shown == _expected(cell, rows)


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


async def test_an_event_that_tells_nothing_writes_nothing(database: Pool) -> None:
    told = [ConversationPreferencesChanged(conversation=ConversationId(7))]
    assert await _written(database, told, "messaging.member") == []


async def test_an_event_may_tell_of_several(database: Pool) -> None:
    told = [KeptBackSettled(events=(Id(7), Id(8)), accepted=True), KeptBackSettled(events=(Id(8),), accepted=False)]
    assert await _written(database, told, "sites.settled") == [(7, True, 1_000), (8, False, 1_001)]


async def test_a_key_without_a_value_is_about_nothing(database: Pool) -> None:
    told = [HomeSet(unit=Id(7), site=None), HomeSet(unit=Id(8), site=2)]  # type: ignore[arg-type]
    assert await _written(database, told, "sites.was_home") == [(8, 2)]


async def test_what_ended_says_nothing_more(database: Pool) -> None:
    async with database.acquire() as db:
        await db.execute(CREATE)
        await db.execute("INSERT INTO thing (a, b, word, level) VALUES (1, 'x', 'before', 7)")
        await db.execute(ENDED.statement, [1], ["x"], ["ended"], [5])
        row = await db.fetchrow("SELECT word, id, level FROM thing")
    assert row is not None
    assert tuple(row.values()) == ("ended", 5, None)


SECRET = sa.Table(
    "secret",
    sa.MetaData(),
    sa.Column("owner", sa.BigInteger, primary_key=True),
    sa.Column("number", sa.BigInteger, primary_key=True),
    sa.Column("words", sa.LargeBinary, info=sealed_under("owner")),
    sa.Column("id", sa.BigInteger),
)


class Spoken(msgspec.Struct):
    """What would be an event."""

    owner: int
    number: int
    words: str | msgspec.UnsetType | None = msgspec.UNSET


async def _sealed(database: Pool, said: Spoken) -> tuple[Keyring, list[Row]]:
    keys = Keyring(bytes(32))
    async with database.acquire() as db:
        await keys.ensure(db, [(4, 1_000)])
        write = register(SECRET, ("owner", "number"), ("words",))()
        record = Recorded(1, Id(1_000), 1, PersonId(1), None, said)  # type: ignore[type-var]
        return keys, [tuple(row) for row in write.rows(Work(db, keys, 1), record)]


async def test_a_sealed_column_opens_in_its_own_row_alone(database: Pool) -> None:
    keys, [(owner, number, words, clock)] = await _sealed(database, Spoken(4, 5, "secret words"))
    row = {"owner": owner, "number": number, "words": words, "id": clock}
    assert is_sealed(SECRET.c.words)
    assert b"secret" not in words
    assert open_sealed(keys, SECRET.c.words, row) == b"secret words"
    for moved in ({"number": 6}, {"id": 1_001}):
        with pytest.raises(BodyDamaged):
            open_sealed(keys, SECRET.c.words, row | moved)


async def test_nothing_is_not_sealed(database: Pool) -> None:
    assert (await _sealed(database, Spoken(4, 5, None)))[1] == [(4, 5, None, 1_000)]
    assert (await _sealed(database, Spoken(4, 5)))[1] == []


def test_a_member_of_a_set_is_a_register() -> None:
    assert members(thing, ("a",), "b", "word") == register(thing, KEY, ("word",))
    assert owned(thing, KEY, ("word",)).rule == "owned"


def test_a_column_that_is_not_there_is_refused_at_once() -> None:
    with pytest.raises(ValueError, match="has no column colour"):
        register(thing, KEY, ("colour",))
    with pytest.raises(ValueError, match="has no column colour"):
        tombstone(thing, KEY, "id", clears=("colour",))


def test_a_clock_that_may_be_null_is_refused_at_once() -> None:
    table = sa.Table("other", sa.MetaData(), sa.Column("a", sa.Text), *(sa.Column(n, sa.Text) for n in ("b", "b_id")))
    with pytest.raises(ValueError, match="may be null"):
        fields(table, ("a",), ("b",))


def test_an_event_says_how_it_merges() -> None:
    with pytest.raises(ValueError, match="neither what it writes nor how it merges"):

        @event("registers.nothing_said", version=1)
        class _NothingSaid(Event, frozen=True):
            """Nothing."""
