"""A record that nobody has: from its declaration alone it is made, changed, and removed, and always ends the same."""

import itertools
from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from bilin.core.codec import from_json, to_json
from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool
from bilin.core.errors import Invalid
from bilin.core.events import APPLIERS, EVENT_TYPES, Event, Recorded, Work, enter
from bilin.core.ids import Id, PersonId
from bilin.core.log.commit import apply_all
from bilin.core.records import Record, Told, field, members, record
from bilin.core.registers import open_sealed
from bilin.core.tables import metadata

DIALECT = postgresql.dialect()  # type: ignore[no-untyped-call]
SCHEMA = "records_of_a_test"
SELECT = "SELECT * FROM records_of_a_test.boat"
SELECT_CREW = "SELECT member FROM records_of_a_test.boat_crew WHERE present ORDER BY member"


class BoatEvent(Event, frozen=True, kw_only=True):
    """What happens to boats."""

    boat: Id

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.boat,)

    def key_scope(self) -> int:
        return self.boat


@pytest.fixture
def boats() -> Iterator[type[Record]]:
    """The declaration, which is taken back after the tests."""

    @record(
        base=BoatEvent,
        table=f"{SCHEMA}.boat",
        made=Told(f"{SCHEMA}.boat_made", "A boat was built."),
        changed=Told(f"{SCHEMA}.boat_changed", "Something about a boat is otherwise; what did not change is left out."),
        removed=Told(f"{SCHEMA}.boat_removed", "A boat is no more."),
        believed="member",
    )
    class Boat(Record):
        """A boat."""

        name: str = field(max_length=20, sealed_under="boat")
        is_out: bool = field(False)
        length: int | None = field(None)
        crew: frozenset[PersonId] = members()

    for cls in (Boat.Made, Boat.Changed, Boat.Removed):
        enter(cls)
    yield Boat
    for cls in (Boat.Made, Boat.Changed, Boat.Removed):
        del EVENT_TYPES[cls.TYPE.name], APPLIERS[cls]
    for name in ("boat", "boat_crew"):
        metadata.remove(metadata.tables[f"{SCHEMA}.{name}"])


@pytest.fixture
async def db(database: Pool, boats: type[Record]) -> AsyncIterator[Connection]:
    async with database.acquire() as connection:
        await connection.execute(f"CREATE SCHEMA {SCHEMA}")
        for name in ("boat", "boat_crew"):
            table = metadata.tables[f"{SCHEMA}.{name}"]
            await connection.execute(str(CreateTable(table).compile(dialect=DIALECT)))
        yield connection


def history(boats: type[Record]) -> list[Recorded[Event]]:
    boat, (ann, ben, cat) = Id(5), map(PersonId, (1, 2, 3))
    events = [
        boats.Made(boat=boat, name="Anna", crew=(ann, ben)),
        boats.Changed(boat=boat, name="Berta", is_out=True),
        boats.Changed(boat=boat, is_out=False, crew_added=(cat,), crew_removed=(ann,)),
        boats.Changed(boat=boat, length=7, crew_added=(ann,)),
        boats.Removed(boat=boat),
    ]
    return [Recorded(pos, Id(1_000 * pos), 1, ann, None, event) for pos, event in enumerate(events, 1)]


async def state(db: Connection, keys: Keyring, commits: Sequence[Sequence[Recorded[Event]]]) -> Any:
    """What stands there after these commits, which are undone."""
    transaction = db.transaction()
    await transaction.start()
    try:
        for commit in commits:
            await apply_all(Work(db, keys, 1), commit)
        row = await db.fetchrow(SELECT)
        crew = await db.fetch(SELECT_CREW)
    finally:
        await transaction.rollback()
    assert row is not None
    name = open_sealed(keys, metadata.tables[f"{SCHEMA}.boat"].c.name, row).decode()
    return {**row, "name": name}, [each["member"] for each in crew]


async def test_every_order_ends_in_the_same(db: Connection, boats: type[Record]) -> None:
    keys, events = Keyring(bytes(32)), history(boats)
    await keys.ensure(db, [(5, 1)])
    expected = (
        {
            "boat": 5,
            "made": 1_000,
            "removed": 5_000,
            "name": "Berta",
            "name_id": 2_000,
            "is_out": False,
            "is_out_id": 3_000,
            "length": 7,
            "length_id": 4_000,
        },
        [1, 2, 3],
    )
    for order in itertools.permutations(events):
        assert await state(db, keys, [[each] for each in order]) == expected
        assert await state(db, keys, [order[:2], order[1:4], order[3:]]) == expected


async def test_what_is_sealed_lies_sealed(db: Connection, boats: type[Record]) -> None:
    keys = Keyring(bytes(32))
    await keys.ensure(db, [(5, 1)])
    await apply_all(Work(db, keys, 1), history(boats))
    row = await db.fetchrow(SELECT)
    assert row is not None
    assert b"Berta" not in row["name"]


def test_its_types_are_as_if_written_by_hand(boats: type[Record]) -> None:
    made, changed, removed = (cls.TYPE for cls in (boats.Made, boats.Changed, boats.Removed))
    assert [each.merge.rule for each in (made, changed, removed)] == ["additive", "last_writer", "tombstone"]
    assert changed.merge.fields == ("boat", "field")
    assert (made.description, changed.believed) == ("A boat was built.", "member")
    assert boats.Changed.__struct_fields__ == ("boat", "name", "is_out", "length", "crew_added", "crew_removed")
    event = boats.Changed(boat=Id(5), length=None, crew_added=(PersonId(1),))
    assert from_json(to_json(event), boats.Changed) == event
    assert to_json(event) == b'{"boat":"5","length":null,"crew_added":["1"],"crew_removed":[]}'
    assert (event.topics(None), event.key_scope()) == ((5,), 5)
    with pytest.raises(TypeError):
        boats.Made(boat=Id(5))


def test_what_is_too_long_is_refused(boats: type[Record]) -> None:
    boats.check({"name": "x" * 20, "length": 7})
    with pytest.raises(Invalid):
        boats.check({"name": "x" * 21})
