"""Runs of the log, and what other sites are given of it."""

import asyncio
from collections.abc import Callable

from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, Intake, LogWriter
from bilin.core.log.store import Raw, read_raw, read_runs
from tests.core.log.abroad import NUMBER, Abroad
from tests.core.log.conftest import MASTER_KEY, SITE, running
from tests.core.log.facts import NoteAdded, TitleSet
from tests.core.log.test_writer_failures import KILL

ROOM, OTHER = Id(1 << 40), Id(2 << 40)
ANN = PersonId(11 << 40)


async def runs(pool: Pool) -> list[tuple[int, int]]:
    async with pool.acquire() as db:
        return await read_runs(db)


def note(text: str, room: Id = ROOM) -> NoteAdded:
    return NoteAdded(room=room, text=text)


async def test_every_life_of_a_writer_is_a_run(new_writer: Callable[[], LogWriter], notes: Pool) -> None:
    lives = []
    for number in range(3):
        async with running(new_writer()) as log:
            lives.append(log.run_id)
            if number != 1:  # the second life writes nothing
                await log.append(Decision([note(f"a{number}"), note(f"b{number}")]), ANN)
    assert await runs(notes) == [(lives[0], 1), (lives[1], 3), (lives[2], 3)]
    assert len(set(lives)) == 3
    assert all(0 < run < 1 << 62 for run in lives)


async def test_a_new_connection_is_a_new_run(log: LogWriter, notes: Pool) -> None:
    first = log.run_id
    await log.append(Decision([note("n")]), ANN)
    await notes.execute(KILL)
    async with asyncio.timeout(30):
        while log.run_id == first or not log.is_writing:
            await asyncio.sleep(0.02)
    assert await runs(notes) == [(first, 1), (log.run_id, 2)]


async def test_a_restored_log_goes_on_in_a_run_that_begins_where_the_backup_ended(
    new_writer: Callable[[], LogWriter], notes: Pool
) -> None:
    async with running(new_writer()) as log:
        lost_run = log.run_id
        await log.append(Decision([note(f"n{number}") for number in range(5)]), ANN)
    await notes.execute("DELETE FROM note WHERE id IN (SELECT id FROM core.log WHERE pos > 3)")
    await notes.execute("DELETE FROM core.log WHERE pos > 3")
    async with running(new_writer()) as log:
        assert (await log.append(Decision([note("again")]), ANN)).pos == 4
        assert await runs(notes) == [(lost_run, 1), (log.run_id, 4)]


async def raw(pool: Pool, site: int, after: int = 0, through: int = 100, limit: int = 100, **more: int) -> list[Raw]:
    async with pool.acquire() as db:
        keys = Keyring(MASTER_KEY)
        return await read_raw(db, keys, site=site, after=after, through=through, limit=limit, **more)


async def test_what_others_are_given(log: LogWriter, notes: Pool) -> None:
    abroad = Abroad()
    sent = [abroad.write(note("x", OTHER), ANN), abroad.write(TitleSet(room=ROOM, title="t"))]
    own = await log.append(Decision([note("a"), note("b", OTHER)]), ANN, "key")
    await log.take_in(Intake(sent))
    await log.append(Decision([note("c")]), None)

    first, second, third = await raw(notes, SITE)
    assert (first.pos, first.id, first.actor, first.type, first.version) == (1, own.id, ANN, "logtest.note_added", 1)
    assert (first.scope, first.topics, first.data) == (ROOM, (ROOM,), b'{"room":"%d","text":"a"}' % ROOM)
    keys = Keyring(MASTER_KEY)
    for each in (first, second, third):
        assert each.mark == keys.mark(each.id, each.actor, each.type, each.version, each.data)
    assert (second.pos, second.scope, third.pos, third.actor) == (2, OTHER, 5, None)
    theirs = await raw(notes, NUMBER)
    assert [(each.pos, each.id, each.mark, each.scope) for each in theirs] == [
        (3, sent[0].id, sent[0].mark, OTHER),
        (4, sent[1].id, sent[1].mark, None),
    ]
    assert abroad.keys.mark(sent[0].id, ANN, sent[0].type, 1, theirs[0].data) == theirs[0].mark


async def test_pages_of_it(log: LogWriter, notes: Pool) -> None:
    for number in range(10):
        await log.append(Decision([note(f"n{number}", ROOM if number % 2 else OTHER)]), ANN)
        await log.take_in(Intake([Abroad().write(note(f"m{number}", ROOM))]))
    assert [each.pos for each in await raw(notes, SITE, after=3, through=11)] == [5, 7, 9, 11]
    assert [each.pos for each in await raw(notes, SITE, after=3, limit=2)] == [5, 7]
    assert [each.pos for each in await raw(notes, SITE, scope=ROOM)] == [3, 7, 11, 15, 19]
    assert [each.pos for each in await raw(notes, SITE, scope=ROOM, after=7, through=15, limit=1)] == [11]
    assert [each.pos for each in await raw(notes, NUMBER, scope=OTHER)] == []
