"""What the writer promises: gapless positions, answers after the commit, one spoilt decision alone refused."""

import asyncio
from collections.abc import Callable

import asyncpg
import pytest

from bilin.core.database import Pool
from bilin.core.errors import Stale, Unavailable
from bilin.core.ids import Id, PersonId
from bilin.core.log import Decision, Expect, LogWriter, Receipt
from bilin.core.log import writer as writer_module
from tests.core.log.conftest import running
from tests.core.log.facts import NoteAdded, TitleSet

ROOM = Id(1 << 40)
ANN = PersonId(11 << 40)


def note(text: str) -> Decision:
    return Decision([NoteAdded(room=ROOM, text=text)])


async def positions(pool: Pool) -> list[int]:
    return [row["pos"] for row in await pool.fetch("SELECT pos FROM core.log ORDER BY pos")]


async def texts(pool: Pool) -> list[str]:
    return [row["text"] for row in await pool.fetch("SELECT text FROM note JOIN core.log USING (id) ORDER BY pos")]


async def test_positions_are_gapless_and_answers_name_them(log: LogWriter, notes: Pool) -> None:
    receipts = await asyncio.gather(*(log.append(note(f"n{number}"), ANN) for number in range(300)))
    assert [receipt.pos for receipt in receipts] == list(range(1, 301))
    assert await positions(notes) == list(range(1, 301))
    stored = await notes.fetch("SELECT pos, id FROM core.log ORDER BY pos")
    assert [(row["id"], row["pos"]) for row in stored] == [(receipt.id, receipt.pos) for receipt in receipts]
    assert await texts(notes) == [f"n{number}" for number in range(300)]


async def test_many_waiting_decisions_share_a_commit(new_writer: Callable[[], LogWriter], notes: Pool) -> None:
    log = new_writer()
    waiting = [asyncio.create_task(log.append(note(f"n{number}"), ANN)) for number in range(400)]
    await asyncio.sleep(0)
    async with running(log):
        await asyncio.gather(*waiting)
    commits = await notes.fetchval("SELECT count(DISTINCT xmin::text) FROM core.log")
    assert commits == 1


async def test_a_decision_larger_than_a_batch_enters_whole(log: LogWriter, notes: Pool) -> None:
    events = [NoteAdded(room=ROOM, text=f"n{number}") for number in range(writer_module.MAX_BATCH * 2 + 1)]
    first, large, last = await asyncio.gather(
        log.append(note("before"), ANN), log.append(Decision(events), ANN, "large"), log.append(note("after"), ANN)
    )
    assert (first.pos, large.pos, last.pos) == (1, 1 + len(events), 2 + len(events))
    assert await positions(notes) == list(range(1, len(events) + 3))
    assert await notes.fetchval("SELECT count(DISTINCT xmin::text) FROM note WHERE text LIKE 'n%'") == 1
    assert await log.append(Decision(events), ANN, "large") == Receipt(large.id, large.pos, repeated=True)


async def test_a_repeated_key_of_many_events_gives_the_same_answer_after_a_restart(
    new_writer: Callable[[], LogWriter],
) -> None:
    decision = Decision([NoteAdded(room=ROOM, text=text) for text in ("one", "two", "three")])
    async with running(new_writer()) as log:
        first = await log.append(decision, ANN, "k")
        await log.append(note("four"), ANN)
    async with running(new_writer()) as log:
        assert await log.append(decision, ANN, "k") == Receipt(first.id, first.pos, repeated=True)


async def test_a_repeated_key_in_the_same_batch_and_later(log: LogWriter, notes: Pool) -> None:
    first, second = await asyncio.gather(log.append(note("a"), ANN, "k"), log.append(note("a"), ANN, "k"))
    third = await log.append(note("a"), ANN, "k")
    assert not first.repeated
    assert second == third == Receipt(first.id, first.pos, repeated=True)
    other = await log.append(note("b"), PersonId(ANN + 1), "k")
    assert not other.repeated
    assert await texts(notes) == ["a", "b"]


async def test_one_failed_expectation_is_refused_alone(log: LogWriter, notes: Pool) -> None:
    titled = await log.append(Decision([TitleSet(room=ROOM, title="first")]), ANN)
    outcomes = await asyncio.gather(
        log.append(note("a"), ANN),
        log.append(Decision([TitleSet(room=ROOM, title="mine")], [Expect(ROOM, titled.pos)]), ANN),
        log.append(Decision([TitleSet(room=ROOM, title="late")], [Expect(ROOM, titled.pos)]), ANN),
        log.append(Decision([NoteAdded(room=ROOM, text="x")], [Expect(Id(5), 1)]), ANN),
        log.append(Decision([NoteAdded(room=ROOM, text="b")], [Expect(Id(5), 0)]), ANN),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [Receipt, Receipt, Stale, Stale, Receipt]
    assert await positions(notes) == [1, 2, 3, 4]
    assert await texts(notes) == ["a", "b"]


async def test_expectations_hold_over_a_restart(new_writer: Callable[[], LogWriter]) -> None:
    async with running(new_writer()) as log:
        titled = await log.append(Decision([TitleSet(room=ROOM, title="first")]), ANN)
    async with running(new_writer()) as log:
        with pytest.raises(Stale):
            await log.append(Decision([TitleSet(room=ROOM, title="x")], [Expect(ROOM, 0)]), ANN)
        await log.append(Decision([TitleSet(room=ROOM, title="y")], [Expect(ROOM, titled.pos)]), ANN)


@pytest.mark.parametrize("spoilt", ["poison", "twice", "null\x00byte"])
async def test_a_decision_that_the_database_refuses_is_refused_alone(log: LogWriter, notes: Pool, spoilt: str) -> None:
    await log.append(note("twice"), ANN)
    sent = [*(f"n{number}" for number in range(40)), spoilt, *(f"m{number}" for number in range(40))]
    outcomes = await asyncio.gather(*(log.append(note(text), ANN) for text in sent), return_exceptions=True)
    refused = [text for text, outcome in zip(sent, outcomes, strict=True) if not isinstance(outcome, Receipt)]
    assert refused == [spoilt]
    assert await positions(notes) == list(range(1, 82))
    assert await texts(notes) == ["twice", *(text for text in sent if text != spoilt)]


async def test_a_value_that_does_not_fit_is_not_taken_for_a_lost_connection(log: LogWriter, notes: Pool) -> None:
    too_large = Decision([NoteAdded(room=ROOM, text="x")], [Expect(1 << 70, 0)])
    outcomes = await asyncio.gather(log.append(too_large, ANN), log.append(note("y"), ANN), return_exceptions=True)
    assert isinstance(outcomes[0], asyncpg.DataError)
    assert isinstance(outcomes[1], Receipt)
    assert log.is_writing
    assert await texts(notes) == ["y"]


async def test_a_stale_answer_stays_the_answer_when_its_batch_is_halved(log: LogWriter, notes: Pool) -> None:
    """What spoils the batch had bumped the version: alone, the refused decision would have entered after all."""
    spoilt = Decision([TitleSet(room=ROOM, title="x"), NoteAdded(room=ROOM, text="poison")])
    expecting = Decision([NoteAdded(room=ROOM, text="expecting")], [Expect(ROOM, 0)])
    outcomes = await asyncio.gather(log.append(spoilt, ANN), log.append(expecting, ANN), return_exceptions=True)
    assert isinstance(outcomes[0], asyncpg.CheckViolationError)
    assert isinstance(outcomes[1], Stale)
    assert await texts(notes) == []


async def test_what_was_given_up_is_not_committed_later(
    new_writer: Callable[[], LogWriter], notes: Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "APPEND_TIMEOUT_S", 0.05)
    log = new_writer()
    with pytest.raises(Unavailable):
        await log.append(note("given up"), ANN)
    monkeypatch.setattr(writer_module, "APPEND_TIMEOUT_S", 10)
    async with running(log):
        await log.append(note("kept"), ANN)
    assert await texts(notes) == ["kept"]


async def test_a_full_queue_refuses_at_once(
    new_writer: Callable[[], LogWriter], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "MAX_WAITING", 3)
    log = new_writer()
    waiting = [asyncio.create_task(log.append(note(f"n{number}"), ANN)) for number in range(3)]
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="too many"):
        await log.append(note("one more"), ANN)
    async with running(log):
        assert [receipt.pos for receipt in await asyncio.gather(*waiting)] == [1, 2, 3]


async def test_stopping_leaves_nobody_waiting(new_writer: Callable[[], LogWriter]) -> None:
    log = new_writer()
    waiting = asyncio.create_task(log.append(note("n"), ANN))
    task = asyncio.create_task(log.run())
    await asyncio.sleep(0)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    with pytest.raises(Unavailable):
        await waiting


async def test_the_clock_is_never_behind_the_log_though_the_machine_s_clock_was_set_back(
    new_writer: Callable[[], LogWriter], notes: Pool
) -> None:
    async with running(new_writer()) as log:
        first = await log.append(note("n"), ANN)
    future = first.id + (3_600_000 << 22)  # an hour ahead
    await notes.execute("UPDATE core.log SET id = $1", future)
    async with running(new_writer()) as log:
        assert (await log.append(note("m"), ANN)).id > future
