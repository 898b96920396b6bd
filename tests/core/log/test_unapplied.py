"""What an upgraded site sends before this one is upgraded is kept, and takes effect after."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import pytest
from structlog.testing import capture_logs

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.errors import Stale
from bilin.core.events import APPLIERS, EVENT_TYPES, Batch, Event, Unknown, Work, applies, event, last_writer
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, Expect, Intake, LogWriter
from bilin.core.log.store import read_for, read_range
from tests.core.log.abroad import Abroad
from tests.core.log.conftest import MASTER_KEY, running
from tests.core.log.facts import NoteAdded

ROOM = Id(1 << 40)
ANN = PersonId(11 << 40)
COLOURED = "logtest.room_coloured"


@event(COLOURED, version=2, merge=last_writer("room"))
class RoomColoured(Event, frozen=True, kw_only=True):
    """Somebody painted a room: a type of a later release."""

    room: Id
    colour: str

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.room,)

    def bumps(self) -> tuple[int, ...]:
        return (self.room,)

    def key_scope(self) -> int:
        return self.room

    def subscribes(self, actor: PersonId | None) -> Sequence[tuple[PersonId, int]]:
        return ()


@applies(RoomColoured)
async def apply_coloured(work: Work, painted: Batch[RoomColoured]) -> None:
    for record in painted:
        room, colour = record.event.room, record.event.colour
        work.keys.seal(room, record.id, b"appliers seal with keys that must be ready")
        await work.db.execute("INSERT INTO colour VALUES ($1, $2, $3)", record.pos, room, colour)


@contextmanager
def upgraded() -> Iterator[None]:
    """The program of the later release."""
    EVENT_TYPES[COLOURED] = RoomColoured.TYPE
    APPLIERS[RoomColoured] = apply_coloured
    try:
        yield
    finally:
        del EVENT_TYPES[COLOURED], APPLIERS[RoomColoured]


@pytest.fixture
async def colours(notes: Pool) -> Pool:
    await notes.execute("CREATE TABLE colour (pos bigint, room bigint, colour text CHECK (colour <> 'poison'))")
    return notes


def painted(abroad: Abroad, colour: str) -> bytes:
    return b'{"room":"%d","colour":"%b"}' % (ROOM, colour.encode())


async def unapplied(pool: Pool) -> list[tuple[int, str, int]]:
    return [tuple(row) for row in await pool.fetch("SELECT pos, type, known FROM core.unapplied ORDER BY pos")]


async def take_in(log: LogWriter, *colours: str) -> None:
    abroad = Abroad()
    sent = [abroad.write_data(COLOURED, 2, painted(abroad, colour), ANN) for colour in colours]
    await log.take_in(Intake([*sent, abroad.write(NoteAdded(room=ROOM, text="n"))]))


async def test_an_unknown_type_is_kept_and_shown_to_nobody(log: LogWriter, colours: Pool) -> None:
    await take_in(log, "red")
    assert await unapplied(colours) == [(1, COLOURED, 0)]
    async with colours.acquire() as db:
        row = (await read_range(db, Keyring(MASTER_KEY), 0, 1))[0]
    assert isinstance(row.record.event, Unknown)
    assert (row.version, row.entry.topics, row.scope) == (2, (), 0)
    assert row.data == painted(Abroad(), "red")


async def test_it_takes_effect_after_the_upgrade_in_its_order_and_once(
    new_writer: Callable[[], LogWriter], colours: Pool
) -> None:
    async with running(new_writer()) as log:
        await take_in(log, "red", "green", "blue")
        await log.append(Decision([NoteAdded(room=ROOM, text="own")]), ANN)
    with upgraded():
        for _ in range(2):
            async with running(new_writer()) as log:
                rows = await colours.fetch("SELECT pos, room, colour FROM colour ORDER BY pos")
                assert [tuple(row) for row in rows] == [(1, ROOM, "red"), (2, ROOM, "green"), (3, ROOM, "blue")]
        assert await unapplied(colours) == []
        async with colours.acquire() as db:
            sent = await read_for(db, Keyring(MASTER_KEY), {int(ROOM)}, 0, 10)
        assert [entry.pos for entry in sent] == [1, 2, 3, 4, 5]
        assert [entry.type for entry in sent[:3]] == [COLOURED] * 3
        scopes = await colours.fetch("SELECT scope FROM core.log ORDER BY pos")
        assert [row["scope"] for row in scopes] == [ROOM] * 5


async def test_decisions_that_did_not_know_of_it_are_stale(new_writer: Callable[[], LogWriter], colours: Pool) -> None:
    async with running(new_writer()) as log:
        await take_in(log, "red")
    with upgraded():
        async with running(new_writer()) as log:
            with pytest.raises(Stale):
                await log.append(Decision([NoteAdded(room=ROOM, text="x")], [Expect(ROOM, 0)]), ANN)
            await log.append(Decision([NoteAdded(room=ROOM, text="y")], [Expect(ROOM, 2)]), ANN)


async def test_what_cannot_be_applied_stops_nothing(new_writer: Callable[[], LogWriter], colours: Pool) -> None:
    """Of many, one is refused by the database and one is not what its type says; the rest take effect."""
    async with running(new_writer()) as log:
        await take_in(log, *(f"c{number}" for number in range(20)), "poison", "green")
        odd = Abroad().write_data(COLOURED, 2, b'{"room":"1","colour":7}')
        await log.take_in(Intake([odd]))
    with upgraded(), capture_logs() as said:
        async with running(new_writer()) as log:
            await log.append(Decision([NoteAdded(room=ROOM, text="goes on")]), ANN)
            kept = await colours.fetch("SELECT colour FROM colour ORDER BY pos")
            assert [row["colour"] for row in kept] == [*(f"c{number}" for number in range(20)), "green"]
            assert await unapplied(colours) == [(21, COLOURED, 0), (24, COLOURED, 0)]
            async with colours.acquire() as db:
                assert len(await read_range(db, Keyring(MASTER_KEY), 0, 100)) == 25
    assert [each["pos"] for each in said if each["event"] == "log.not_applied"] == [24, 21]


async def test_a_later_version_of_a_known_type_is_applied_now_and_again_after(
    new_writer: Callable[[], LogWriter], colours: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it says more than this program knows must not be lost."""
    with upgraded():
        async with running(new_writer()) as log:
            data = painted(Abroad(), "red")[:-1] + b',"gloss":3}'
            await log.take_in(Intake([Abroad().write_data(COLOURED, 3, data)]))
        assert await colours.fetchval("SELECT count(*) FROM colour") == 1
        assert await unapplied(colours) == [(1, COLOURED, 2)]
        assert await colours.fetchval("SELECT version FROM core.log") == 3
        async with running(new_writer()):
            assert await colours.fetchval("SELECT count(*) FROM colour") == 1
        glossy = type(RoomColoured.TYPE)(COLOURED, 3, RoomColoured.TYPE.merge, RoomColoured)
        with monkeypatch.context() as later_release:  # undone before `upgraded` ends: else it would bring the type back
            later_release.setitem(EVENT_TYPES, COLOURED, glossy)
            async with running(new_writer()):
                assert await colours.fetchval("SELECT count(*) FROM colour") == 2
                assert await unapplied(colours) == []
