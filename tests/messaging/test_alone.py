"""A message that is alone in its commit is written by a statement of its own: it leaves what the usual one leaves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool
from bilin.core.events import Event, Recorded, Work
from bilin.core.ids import Id, MessageId
from bilin.core.log.alone import insert_alone
from bilin.core.log.commit import apply_all
from bilin.core.log.entry import encode_event
from bilin.core.log.store import Row, insert_rows, read_range, row_of
from bilin.messaging import MessageEdited, MessageSent
from tests.messaging.histories import DIRECT, GROUP, PEOPLE, State, from_elsewhere, histories, tables_now
from tests.messaging.house import House, words
from tests.support.effort import EFFORT

ways = Counter[tuple[type[Event], bool]]()
"""Which types were written alone, and which were not."""


@pytest.fixture
async def keys(database: Pool) -> Keyring:
    ring = Keyring(bytes(32))
    async with database.acquire() as db:
        await ring.ensure(db, [(scope, 1) for scope in (0, GROUP, DIRECT, *PEOPLE)])
    return ring


@pytest.mark.xdist_group("alone")
@settings(max_examples=150 * EFFORT, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories(), data=st.data())
async def test_both_statements_leave_the_same(
    database: Pool, keys: Keyring, history: list[Recorded[Event]], data: st.DataObject
) -> None:
    """Also when edits of other sites came before what they change, and numbers of texts are kept for them."""
    mixed = [from_elsewhere([each])[0] if data.draw(st.booleans()) else each for each in history]
    if data.draw(st.booleans()):
        mixed = [*mixed[:2], *data.draw(st.permutations(mixed[2:]))]
    placed = [replace(each, pos=pos) for pos, each in enumerate(mixed, 1)]
    async with database.acquire() as db:
        alone, logged_alone = await _written(db, keys, placed, may_be_alone=True)
        usual, logged = await _written(db, keys, placed, may_be_alone=False)
    assert alone == usual
    assert logged_alone == logged


@pytest.mark.xdist_group("alone")
def test_both_were_tried() -> None:
    assert ways[MessageSent, True] > 5
    assert ways[MessageSent, False] > 5
    assert {cls for cls, is_alone in ways if is_alone} == {MessageSent}


async def _written(
    db: Connection, keys: Keyring, history: Sequence[Recorded[Event]], *, may_be_alone: bool
) -> tuple[State, list[Row]]:
    """Tables and log after commits of one event each. The database is left as it was."""
    transaction, work = db.transaction(), Work(db, keys, 1)
    await transaction.start()
    try:
        for record in history:
            row = row_of(record, encode_event(record.event), record.event.TYPE.version, 1, command=b"command")
            if not (may_be_alone and await _is_written_alone(work, row)):
                await insert_rows(db, keys, [row])
                await apply_all(work, [record])
        texts = await db.fetch("SELECT * FROM messaging.text_number ORDER BY conversation, seq")
        state = await tables_now(db, keys) | {"text_number": [dict(each) for each in texts]}
        return state, await read_range(db, keys, 0, len(history))
    finally:
        await transaction.rollback()


async def _is_written_alone(work: Work, row: Row) -> bool:
    if row.record.arrived is not None or row.record.event.bumps():
        return False  # the writer does not ask then
    savepoint = work.db.transaction()
    await savepoint.start()
    is_alone = await insert_alone(work, row)
    await (savepoint.commit() if is_alone else savepoint.rollback())
    ways[type(row.record.event), is_alone] += 1
    return is_alone


async def test_what_is_not_here_yet_or_expected_here_goes_the_usual_way(database: Pool, keys: Keyring) -> None:
    sent = MessageSent(conversation=GROUP, content=words("a"), reply_to=None, mentions=(), mentions_all=False)
    row = row_of(Recorded(1, Id(5_000), 1, PEOPLE[0], "key", sent), encode_event(sent), 1, 1)
    edit = MessageEdited(
        conversation=GROUP, message=MessageId(5_000), content=words("b"), mentions=(), mentions_all=False
    )
    async with database.acquire() as db:
        work = Work(db, keys, 1)
        assert not await insert_alone(work, row)
        await apply_all(work, from_elsewhere([Recorded(0, Id(6_000), 2, PEOPLE[0], None, edit)]))
        assert not await insert_alone(work, row)
        assert await db.fetchval("SELECT count(*) FROM core.log") == 0


async def test_a_message_in_a_quiet_room_is_one_statement(house: House) -> None:
    ann, ben = await house.hire("Ann", "Ben")
    room = await house.group(ann, ben)
    await house.say(ann, room, "first")
    counted: list[str] = []
    db = house.site.log.writer._db
    assert db is not None
    db.add_query_logger(lambda record: counted.append(record.query))
    second = await house.say(ben, room, "second")
    assert len(counted) == 1
    assert "WITH due AS" in counted[0]
    third = await house.say(ben, room, "third", reply_to=second)
    assert "WITH due AS" in counted[-1]
    assert (await house.message(ann, room, third)).reply_to is not None
    assert (await house.conversation(ben, room)).read_seq == 3
    assert (await house.conversation(ann, room)).read_seq == 1
    await house.say(ann, room, "fourth", calls=[ben])
    assert "WITH due AS" not in counted[-1]
    assert await house.unread(ben, room) == (1, True)
