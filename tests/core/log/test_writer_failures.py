"""The writer loses its connection, its lock or its server, under load: nothing lost, doubled or reordered."""

import asyncio
from collections.abc import Callable
from time import monotonic

import asyncpg
import pytest
from structlog.testing import capture_logs

from bilin.core.database import Pool
from bilin.core.errors import OutOfResources, Unavailable
from bilin.core.ids import HybridClock, Id, PersonId
from bilin.core.log import Decision, LogWriter, Receipt, store
from bilin.core.log import commit as commit_module
from tests.core.log.conftest import running, until
from tests.core.log.facts import NoteAdded
from tests.core.test_database import LAST_WORDS

ROOM = Id(1 << 40)
KILL = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'bilin log writer'"


async def write(log: LogWriter, person: PersonId, number: int) -> Receipt:
    """Send one note as a client does: again with the same key while the answer is `Unavailable`."""
    decision = Decision([NoteAdded(room=ROOM, text=f"{person}-{number}")])
    while True:
        try:
            return await log.append(decision, person, f"key-{number}")
        except Unavailable:
            await asyncio.sleep(0.02)


async def stored(pool: Pool) -> list[tuple[int, str]]:
    rows = await pool.fetch("SELECT pos, text FROM core.log JOIN note USING (id) ORDER BY pos")
    return [(row["pos"], row["text"]) for row in rows]


async def test_a_killed_connection_loses_and_doubles_nothing(log: LogWriter, notes: Pool) -> None:
    acknowledged: dict[str, int] = {}
    killing = True

    async def person_writes(person: PersonId) -> None:
        number = 0
        while killing or number < 20:
            acknowledged[f"{person}-{number}"] = (await write(log, person, number)).pos
            number += 1

    writing = [asyncio.create_task(person_writes(PersonId(number + 1))) for number in range(20)]
    for _ in range(6):
        await until(lambda: log.is_writing)
        await asyncio.sleep(0.12)
        await notes.execute(KILL)
    killing = False
    await asyncio.gather(*writing)

    rows = await stored(notes)
    assert [pos for pos, _ in rows] == list(range(1, len(rows) + 1))
    assert {text: pos for pos, text in rows} == acknowledged
    for person in range(1, 21):
        numbers = [int(text.split("-")[1]) for _, text in rows if text.startswith(f"{person}-")]
        assert numbers == sorted(numbers)


@pytest.mark.parametrize("moment", ["before the commit", "after the commit"])
async def test_a_connection_lost_around_the_commit(
    log: LogWriter, notes: Pool, monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """Without a key: the writer itself has to find out whether the events in flight are in the log."""
    original = commit_module.apply_all
    losses = [KILL]

    async def lose_before(work: object, records: object) -> None:
        await original(work, records)  # type: ignore[arg-type]
        if losses:
            await notes.execute(losses.pop())

    async def lose_after(self: object, *arguments: object) -> None:
        await original_commit(self, *arguments)
        if losses:
            losses.clear()
            raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")

    original_commit = asyncpg.transaction.Transaction._Transaction__commit  # type: ignore[attr-defined]
    if moment == "before the commit":
        monkeypatch.setattr(commit_module, "apply_all", lose_before)
    else:
        monkeypatch.setattr(asyncpg.transaction.Transaction, "_Transaction__commit", lose_after)
    sent = [Decision([NoteAdded(room=ROOM, text=f"{n}a"), NoteAdded(room=ROOM, text=f"{n}b")]) for n in range(10)]
    receipts = await asyncio.gather(*(log.append(decision, PersonId(1)) for decision in sent))
    assert losses == []
    assert [receipt.pos for receipt in receipts] == list(range(2, 22, 2))
    assert [text for _, text in await stored(notes)] == [f"{n}{half}" for n in range(10) for half in "ab"]


async def test_a_second_writer_waits_for_the_lock_and_takes_over(
    new_writer: Callable[[], LogWriter], notes: Pool
) -> None:
    second = new_writer()
    async with running(new_writer()) as first, running(second, waits=False):
        await first.append(Decision([NoteAdded(room=ROOM, text="first")]), PersonId(1), "k")
        waiting = asyncio.create_task(second.append(Decision([NoteAdded(room=ROOM, text="second")]), PersonId(2)))
        await asyncio.sleep(0.5)
        assert not second.is_writing
        assert not waiting.done()
        await notes.execute(
            KILL.replace("WHERE", "WHERE pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted) AND")
        )
        assert (await waiting).pos == 2
        await until(lambda: second.is_writing)
        repeated = await second.append(Decision([NoteAdded(room=ROOM, text="first")]), PersonId(1), "k")
        assert repeated.repeated
        assert repeated.pos == 1


async def test_an_idle_writer_notices_the_loss_of_its_lock(log: LogWriter, notes: Pool) -> None:
    await notes.execute(KILL)
    await until(lambda: not log.is_writing, 3.0)
    await until(lambda: log.is_writing, 3.0)
    assert (await write(log, PersonId(1), 1)).pos == 1


@pytest.mark.parametrize("has_ended", [True, False], ids=["ended", "said to end"])
async def test_a_connection_lost_between_two_commits_is_no_mistake(log: LogWriter, has_ended: bool) -> None:
    await write(log, PersonId(1), 1)
    assert log._db is not None
    with capture_logs() as said:
        if has_ended:
            log._db.terminate()
        else:
            log._db._protocol.data_received(LAST_WORDS)  # type: ignore[attr-defined]
        assert (await write(log, PersonId(1), 2)).pos == 2
    assert [each["event"] for each in said] == ["log.database_lost", "log.writing"]


async def test_a_foreign_row_in_the_log_makes_the_writer_look_again(log: LogWriter, notes: Pool) -> None:
    """Nobody may write beside the writer; when somebody did (a restore by hand), it does not stop for ever."""
    await write(log, PersonId(1), 1)
    await notes.execute(
        "INSERT INTO core.log SELECT pos + 1, $1, site, NULL, NULL, span, type, version, topics, body FROM core.log",
        HybridClock(9).next(),
    )
    assert (await write(log, PersonId(1), 2)).pos == 3


async def test_no_room_left_is_answered_at_once_and_is_over_when_there_is_room(
    log: LogWriter, notes: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    original = store.insert_rows

    async def fails(*_: object) -> None:
        raise asyncpg.DiskFullError("could not extend file: No space left on device")

    monkeypatch.setattr(store, "insert_rows", fails)
    began = monotonic()
    with pytest.raises(OutOfResources, match="DiskFullError"):
        await log.append(Decision([NoteAdded(room=ROOM, text="x")]), PersonId(1), "k")
    assert monotonic() - began < 10
    monkeypatch.setattr(store, "insert_rows", original)
    assert (await log.append(Decision([NoteAdded(room=ROOM, text="x")]), PersonId(1), "k")).pos == 1
