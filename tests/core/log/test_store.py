"""What lies in the log is sealed, belongs to its row, and comes back as it went in."""

import pytest

from bilin.core.crypto import BodyDamaged, KeyMissing, Keyring
from bilin.core.database import Pool
from bilin.core.events import Unknown
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, LogWriter
from bilin.core.log.entry import pack_topics, unpack_topics
from bilin.core.log.store import read_entries, read_for, read_range
from tests.core.log.conftest import MASTER_KEY
from tests.core.log.facts import Joined, NoteAdded

ROOM, OTHER = Id(1 << 40), Id(2 << 40)
ANN = PersonId(11 << 40)


@pytest.fixture
async def written(log: LogWriter, notes: Pool) -> Pool:
    await log.append(
        Decision([NoteAdded(room=ROOM, text="secret words"), NoteAdded(room=OTHER, text="其他")]), ANN, "k"
    )
    await log.append(Decision([Joined(room=ROOM, person=ANN, present=True)]), None)
    return notes


async def test_bodies_are_sealed_with_one_key_per_room(written: Pool) -> None:
    bodies = [row["body"] for row in await written.fetch("SELECT body FROM core.log ORDER BY pos")]
    assert not any(b"secret" in body or b"room" in body for body in bodies)
    assert bodies[0][2:10] != bodies[1][2:10]
    wrapped = await written.fetch("SELECT wrapped FROM core.data_key")
    assert len({row["wrapped"] for row in wrapped}) == 3


async def test_rows_come_back_as_they_went_in(written: Pool) -> None:
    async with written.acquire() as db:
        rows = await read_range(db, Keyring(MASTER_KEY), 0, 10)
    assert [row.record.event for row in rows] == [
        NoteAdded(room=ROOM, text="secret words"),
        NoteAdded(room=OTHER, text="其他"),
        Joined(room=ROOM, person=ANN, present=True),
    ]
    assert [(row.record.actor, row.record.key) for row in rows] == [(ANN, "k"), (ANN, None), (None, None)]
    assert rows[0].entry.frame.startswith(
        b'{"t":"event","pos":1,"id":"%d","type":"logtest.note_added"' % rows[0].entry.id
    )
    assert rows[1].entry.event() == rows[1].record.event


async def test_whose_subscriptions_change_sees_it(written: Pool) -> None:
    async with written.acquire() as db:
        keys = Keyring(MASTER_KEY)
        assert [entry.pos for entry in await read_for(db, keys, {int(ANN)}, 0, 10)] == [3]
        assert [entry.pos for entry in await read_for(db, keys, {int(ROOM)}, 0, 10)] == [1, 3]
        assert [entry.pos for entry in await read_for(db, keys, {int(ROOM)}, 1, 2)] == []


@pytest.mark.parametrize("byte", [0, 1, 5, 12, 25, 30, -1])
async def test_tampering_is_noticed(written: Pool, byte: int) -> None:
    body: bytes = await written.fetchval("SELECT body FROM core.log WHERE pos = 1")
    changed = bytearray(body)
    changed[byte] ^= 1
    await written.execute("UPDATE core.log SET body = $1 WHERE pos = 1", bytes(changed))
    async with written.acquire() as db:
        with pytest.raises((BodyDamaged, KeyMissing)):
            await read_range(db, Keyring(MASTER_KEY), 0, 10)


async def test_a_body_in_another_row_is_noticed(written: Pool) -> None:
    await written.execute("UPDATE core.log SET body = (SELECT body FROM core.log WHERE pos = 1) WHERE pos = 2")
    async with written.acquire() as db:
        with pytest.raises(BodyDamaged):
            await read_range(db, Keyring(MASTER_KEY), 0, 10)
        assert [entry.pos for entry in await read_entries(db, Keyring(MASTER_KEY), 0, 10)] == [1, 3]


async def test_another_master_key_opens_nothing(written: Pool) -> None:
    async with written.acquire() as db:
        with pytest.raises(KeyMissing):
            await read_range(db, Keyring(bytes(32)), 0, 10)


async def test_an_event_of_a_newer_program_is_kept(written: Pool) -> None:
    await written.execute("UPDATE core.log SET type = 'future.happened', version = 3 WHERE pos = 1")
    async with written.acquire() as db:
        row = (await read_range(db, Keyring(MASTER_KEY), 0, 1))[0]
    event = row.record.event
    assert isinstance(event, Unknown)
    assert (event.name, event.version) == ("future.happened", 3)
    assert b'"text":"secret words"' in row.data


def test_topics_are_packed_exactly() -> None:
    topics = (0, 1, -1, 2**63 - 1, -(2**63))
    assert pack_topics((258,)) == bytes([0, 0, 0, 0, 0, 0, 1, 2])
    assert tuple(unpack_topics(pack_topics(topics))) == topics
