"""What the log takes in from other sites: once each, in order, together with its effect, beside this site's own."""

import asyncio
from collections.abc import Callable, Sequence

import asyncpg
import msgspec
import pytest

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool
from bilin.core.errors import BilinError, Stale, Unavailable
from bilin.core.events import Event, Recorded
from bilin.core.ids import ClockAhead, Id, PersonId, time_ms, wall_ms
from bilin.core.log import Decision, Entry, Expect, Intake, LogWriter, Receipt, Taken
from bilin.core.log import writer as writer_module
from bilin.core.log.store import read_entries, read_range
from tests.core.log.abroad import NUMBER, Abroad, Effects
from tests.core.log.conftest import MASTER_KEY, SITE, running
from tests.core.log.facts import Joined, NoteAdded, TitleSet

ROOM, OTHER = Id(1 << 40), Id(2 << 40)
ANN = PersonId(11 << 40)


@pytest.fixture
def abroad() -> Abroad:
    return Abroad()


@pytest.fixture
async def effects(notes: Pool) -> Effects:
    await notes.execute("CREATE TABLE effect (events int)")
    return Effects()


def note(text: str, room: Id = ROOM) -> NoteAdded:
    return NoteAdded(room=room, text=text)


async def stored(pool: Pool) -> list[tuple[int, int]]:
    return [(row["pos"], row["id"]) for row in await pool.fetch("SELECT pos, id FROM core.log ORDER BY pos")]


async def texts(pool: Pool) -> list[str]:
    return [row["text"] for row in await pool.fetch("SELECT text FROM note JOIN core.log USING (id) ORDER BY pos")]


async def test_events_enter_in_the_order_they_came_and_are_applied(
    log: LogWriter, notes: Pool, abroad: Abroad, effects: Effects
) -> None:
    await log.append(Decision([note("own")]), ANN)
    sent = [abroad.write(note(f"n{number}"), ANN) for number in range(5)]
    sent[1], sent[3] = sent[3], sent[1]
    assert await log.take_in(Intake(sent, effects)) == Taken(5, 6)
    assert (await stored(notes))[1:] == list(enumerate((each.id for each in sent), 2))
    assert await texts(notes) == ["own", "n0", "n3", "n2", "n1", "n4"]
    assert effects.given == [[each.id for each in sent]]
    assert (await log.append(Decision([note("after")]), ANN)).pos == 7


async def test_what_is_stored_of_them(log: LogWriter, notes: Pool, abroad: Abroad) -> None:
    data = b'{"new_field": [1, {"a": null}] , "room":"%d","text":"\\u4f60 \xe5\xa5\xbd"}' % ROOM
    before = wall_ms()
    sent = [abroad.write_data("logtest.note_added", 1, data, ANN), abroad.write(TitleSet(room=ROOM, title="t"))]
    await log.take_in(Intake(sent))
    async with notes.acquire() as db:
        rows = await read_range(db, Keyring(MASTER_KEY), 0, 10)
        columns = await db.fetch("SELECT scope, mark, arrived, site, actor, key, version FROM core.log ORDER BY pos")
    assert [row.data for row in rows] == [data, sent[1].data]
    assert rows[0].record.event == note("你 好")
    assert [row["scope"] for row in columns] == [ROOM, None]
    assert [row["mark"] for row in columns] == [each.mark for each in sent]
    for row, column in zip(rows, columns, strict=True):
        assert (row.record.site, row.record.key, column["key"]) == (NUMBER, None, None)
        assert row.record.arrived == column["arrived"] > sent[1].id
        assert before <= time_ms(column["arrived"]) <= wall_ms() + 1
    assert [row.record.actor for row in rows] == [ANN, None]


async def test_own_events_have_a_scope_and_neither_arrival_nor_mark(log: LogWriter, notes: Pool) -> None:
    await log.append(Decision([note("own"), TitleSet(room=ROOM, title="t")]), ANN)
    rows = await notes.fetch("SELECT scope, arrived, mark FROM core.log ORDER BY pos")
    assert [tuple(row) for row in rows] == [(ROOM, None, None), (None, None, None)]


async def test_frames_say_where_they_began_and_when_they_came(log: LogWriter, notes: Pool, abroad: Abroad) -> None:
    heard: list[bytes] = []
    log._hear = lambda entries, _: heard.extend(entry.frame for entry in entries)
    await log.append(Decision([note("own")]), ANN)
    await log.take_in(Intake([abroad.write(note("theirs"), ANN)]))
    async with notes.acquire() as db:
        read = [row.entry for row in await read_range(db, Keyring(MASTER_KEY), 0, 10)]
    assert [entry.frame for entry in read] == heard
    assert [entry.site for entry in read] == [SITE, NUMBER]
    own, theirs = (msgspec.json.decode(frame) for frame in heard)
    assert "site" not in own
    assert "arrived" not in own
    arrived = await notes.fetchval("SELECT arrived FROM core.log WHERE pos = 2")
    assert (theirs["site"], theirs["arrived"]) == (NUMBER, str(arrived))
    assert read[1].event() == note("theirs")


async def test_what_is_here_is_left_out(log: LogWriter, notes: Pool, abroad: Abroad, effects: Effects) -> None:
    sent = [abroad.write(note(f"n{number}")) for number in range(6)]
    await log.take_in(Intake(sent[:3], effects))
    assert await log.take_in(Intake(sent[1:5], effects)) == Taken(2, 5)
    assert await log.take_in(Intake([sent[5], sent[5], sent[0], sent[5]], effects)) == Taken(1, 6)
    assert await log.take_in(Intake(sent, effects)) == Taken(0, 6)
    assert await log.take_in(Intake([], effects)) == Taken(0, 6)
    assert [pos for pos, _ in await stored(notes)] == [1, 2, 3, 4, 5, 6]
    ids = [each.id for each in sent]
    assert effects.given == [ids[:3], ids[3:5], ids[5:], [], []]
    assert await notes.fetchval("SELECT count(*) FROM effect") == 5


async def test_two_intakes_share_an_event(
    new_writer: Callable[[], LogWriter], notes: Pool, abroad: Abroad, effects: Effects
) -> None:
    sent = [abroad.write(note(f"n{number}")) for number in range(3)]
    log = new_writer()
    waiting = [asyncio.create_task(log.take_in(Intake(part, effects))) for part in (sent[:2], sent[1:])]
    await asyncio.sleep(0)
    async with running(log):
        assert await asyncio.gather(*waiting) == [Taken(2, 2), Taken(1, 3)]
    assert effects.given == [[sent[0].id, sent[1].id], [sent[2].id]]


async def test_what_was_given_up_does_not_take_an_event_from_another_intake(
    new_writer: Callable[[], LogWriter], notes: Pool, abroad: Abroad, effects: Effects
) -> None:
    sent = [abroad.write(note("shared"))]
    log = new_writer()
    given_up, kept = (asyncio.create_task(log.take_in(Intake(sent, effects))) for _ in range(2))
    await asyncio.sleep(0)
    given_up.cancel()
    await asyncio.gather(given_up, return_exceptions=True)
    async with running(log):
        assert await kept == Taken(1, 1)
    assert effects.given == [[sent[0].id]]


async def test_an_effect_that_fails_leaves_nothing_and_hurts_nobody(
    new_writer: Callable[[], LogWriter], notes: Pool, abroad: Abroad, effects: Effects
) -> None:
    class Refused(BilinError):
        """As sites refuse a batch."""

    async def fails(db: Connection, records: Sequence[Recorded[Event]]) -> None:
        await effects(db, records)
        raise Refused

    log = new_writer()
    waiting = [
        asyncio.create_task(log.append(Decision([note("own")]), ANN)),
        asyncio.create_task(log.take_in(Intake([abroad.write(note("refused"))], fails))),
        asyncio.create_task(log.take_in(Intake([abroad.write(note("good"))], effects))),
    ]
    await asyncio.sleep(0)
    async with running(log):
        outcomes = await asyncio.gather(*waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [Receipt, Refused, Taken]
    assert await texts(notes) == ["own", "good"]
    assert [pos for pos, _ in await stored(notes)] == [1, 2]
    assert await notes.fetchval("SELECT count(*) FROM effect") == 1


async def test_what_the_database_refuses_is_refused_alone_and_whole(
    log: LogWriter, notes: Pool, abroad: Abroad, effects: Effects
) -> None:
    bad = [abroad.write(note("fine")), abroad.write(note("poison"))]
    good = [abroad.write(note("good"))]
    outcomes = await asyncio.gather(
        log.append(Decision([note("own")]), ANN),
        log.take_in(Intake(bad, effects)),
        log.take_in(Intake(good, effects)),
        return_exceptions=True,
    )
    assert [type(outcome) for outcome in outcomes] == [Receipt, asyncpg.CheckViolationError, Taken]
    assert await texts(notes) == ["own", "good"]
    assert await notes.fetchval("SELECT sum(events) FROM effect") == 1


async def test_ids_too_far_ahead_are_not_taken_in_and_change_nothing(
    log: LogWriter, notes: Pool, abroad: Abroad, effects: Effects
) -> None:
    ahead = Abroad(ahead_ms=6 * 60_000)
    with pytest.raises(ClockAhead):
        await log.take_in(Intake([abroad.write(note("n")), ahead.write(note("ahead"))], effects))
    assert await stored(notes) == []
    assert effects.given == []
    receipt = await log.append(Decision([note("own")]), ANN)
    assert abs(time_ms(receipt.id) - wall_ms()) < 60_000


async def test_ids_given_after_are_later_than_what_was_taken_in(log: LogWriter, abroad: Abroad) -> None:
    sent = Abroad(ahead_ms=2 * 60_000).write(note("a little ahead"))
    await log.take_in(Intake([sent, abroad.write(note("n"))]))
    assert (await log.append(Decision([note("own")]), ANN)).id > sent.id


DAMAGED = {
    "cut off": b'{"room":"1","te',
    "another type": b'{"room":"1","text":7}',
    "a field is missing": b'{"room":"1"}',
    "no object": b'["room"]',
    "bytes that are no text": b'{"room":"1","text":"x","more":"\xff\xfe"}',
    "too deep": b'{"room":"1","text":"x","more":' + b"[" * 5000 + b"]" * 5000 + b"}",
    "more after it": b'{"room":"1","text":"x"} {}',
    "an id of 65 bits": b'{"room":"%d","text":"x"}' % (1 << 64),
}


@pytest.mark.parametrize("data", DAMAGED.values(), ids=DAMAGED)
@pytest.mark.parametrize("kind", ["logtest.note_added", "future.happened"])
async def test_damaged_data_is_refused_before_anything_happens(
    log: LogWriter, notes: Pool, abroad: Abroad, effects: Effects, kind: str, data: bytes
) -> None:
    is_fine_when_unknown = kind == "future.happened" and msgspec_reads(data)
    sent = [abroad.write(note("fine")), abroad.write_data(kind, 1, data)]
    if is_fine_when_unknown:
        assert (await log.take_in(Intake(sent, effects))).new == 2
        return
    with pytest.raises(msgspec.ValidationError, match=str(sent[1].id)):
        await log.take_in(Intake(sent, effects))
    assert await stored(notes) == []
    assert effects.given == []


def msgspec_reads(data: bytes) -> bool:
    """Whether it is a JSON object at all."""
    try:
        return isinstance(msgspec.json.decode(data.decode()), dict)
    except (ValueError, RecursionError):
        return False


@pytest.mark.parametrize(
    "change",
    [
        {"id": 0},
        {"id": -5},
        {"id": 1 << 63},
        {"site": 0},
        {"site": 1 << 15},
        {"version": 0},
        {"version": 1 << 15},
        {"actor": 1 << 63},
        {"type": 'x"y.z'},
        {"type": "x"},
        {"type": "x." + "y" * 200},
    ],
    ids=str,
)
async def test_what_the_columns_cannot_hold_is_refused(
    log: LogWriter, notes: Pool, abroad: Abroad, change: dict[str, int]
) -> None:
    good = abroad.write_data("future.happened", 1, b"{}")
    with pytest.raises(msgspec.ValidationError):
        await log.take_in(Intake([msgspec.structs.replace(good, **change)]))
    assert await stored(notes) == []


async def test_it_moves_versions_for_the_decisions_behind_it(
    new_writer: Callable[[], LogWriter], abroad: Abroad
) -> None:
    async with running(new_writer()) as log:
        await log.append(Decision([TitleSet(room=ROOM, title="mine")], [Expect(ROOM, 0)]), ANN)
        await log.take_in(Intake([abroad.write(note("n", OTHER)), abroad.write(TitleSet(room=ROOM, title="theirs"))]))
        with pytest.raises(Stale):
            await log.append(Decision([TitleSet(room=ROOM, title="x")], [Expect(ROOM, 1)]), ANN)
        await log.append(Decision([TitleSet(room=ROOM, title="x")], [Expect(ROOM, 3)]), ANN)
        await log.take_in(Intake([abroad.write(TitleSet(room=ROOM, title="theirs too"))]))
    async with running(new_writer()) as log:
        with pytest.raises(Stale):
            await log.append(Decision([TitleSet(room=ROOM, title="x")], [Expect(ROOM, 4)]), ANN)
        await log.append(Decision([TitleSet(room=ROOM, title="x")], [Expect(ROOM, 5)]), ANN)


async def test_decisions_go_before_it_and_it_does_not_wait_for_all_of_them(
    new_writer: Callable[[], LogWriter], notes: Pool, abroad: Abroad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "MAX_BATCH", 3)
    log = new_writer()
    intakes = [Intake([abroad.write(note(f"{site}{number}")) for number in range(5)]) for site in "ab"]
    waiting = [
        *(asyncio.create_task(log.take_in(intake)) for intake in intakes),
        *(asyncio.create_task(log.append(Decision([note(f"own{number}")]), ANN)) for number in range(7)),
    ]
    await asyncio.sleep(0)
    async with running(log):
        await asyncio.gather(*waiting)
    said = await texts(notes)
    assert said[:8] == ["own0", "own1", "own2", *(f"a{number}" for number in range(5))]
    assert said[8:16] == ["own3", "own4", "own5", *(f"b{number}" for number in range(5))]
    assert said[16:] == ["own6"]


async def test_intakes_of_two_sites_beside_own_sends(log: LogWriter, notes: Pool, effects: Effects) -> None:
    """Every event once, positions without a hole, each source in its own order."""

    async def follow(site: Abroad) -> None:
        sent = [site.write(note(f"{site.number}-{number}")) for number in range(400)]
        for start in range(0, 400, 16):
            await log.take_in(Intake(sent[max(0, start - 5) : start + 16], effects))

    async def send(person: int) -> None:
        for number in range(40):
            await log.append(Decision([note(f"p{person}-{number}")]), PersonId(person), f"k{number}")

    await asyncio.gather(follow(Abroad(2)), follow(Abroad(3)), *(send(person) for person in range(10, 20)))
    said = await texts(notes)
    assert [pos for pos, _ in await stored(notes)] == list(range(1, 1201))
    for source, count in (("2", 400), ("3", 400), *((f"p{person}", 40) for person in range(10, 20))):
        assert [text for text in said if text.startswith(f"{source}-")] == [f"{source}-{n}" for n in range(count)]
    assert await notes.fetchval("SELECT sum(events) FROM effect") == 800


async def test_it_waits_for_the_database_as_sends_do(
    new_writer: Callable[[], LogWriter], notes: Pool, abroad: Abroad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer_module, "APPEND_TIMEOUT_S", 0.05)
    log = new_writer()
    with pytest.raises(Unavailable):
        await log.take_in(Intake([abroad.write(note("given up"))]))
    monkeypatch.setattr(writer_module, "APPEND_TIMEOUT_S", 10)
    async with running(log):
        assert await log.take_in(Intake([abroad.write(note("kept"))])) == Taken(1, 1)
    assert await texts(notes) == ["kept"]
    monkeypatch.setattr(writer_module, "MAX_WAITING", 0)
    with pytest.raises(Unavailable, match="too many"):
        await log.take_in(Intake([]))


async def test_an_event_of_this_site_that_it_lost_comes_back(log: LogWriter, notes: Pool) -> None:
    """Given back by another site after this one was restored: it is known as its own by its mark."""
    before = Abroad(SITE)
    before.keys = Keyring(MASTER_KEY)
    lost = before.write(note("lost"), ANN)
    await log.take_in(Intake([lost]))
    row = await notes.fetchrow("SELECT site, arrived, mark FROM core.log")
    assert row is not None
    assert (row["site"], row["mark"]) == (SITE, lost.mark)
    assert row["arrived"] > lost.id
    assert (await log.append(Decision([note("next")]), ANN)).id > lost.id


def test_marks_are_of_everything_and_of_the_key() -> None:
    keys = Keyring(MASTER_KEY)
    one = (5, 7, "a.b", 1, b"{}")
    mark = keys.mark(*one)
    assert len(mark) == 16
    assert Keyring(MASTER_KEY).mark(*one) == mark
    others = [(6, 7, "a.b", 1, b"{}"), (5, 8, "a.b", 1, b"{}"), (5, None, "a.b", 1, b"{}"), (5, 0, "a.b", 1, b"{}")]
    others += [(1 << 70, -(1 << 70), "a.b" * 50_000, -1, b"{}")]  # what somebody may claim, and no event can be
    others += [(5, 7, "a.c", 1, b"{}"), (5, 7, "a.b", 2, b"{}"), (5, 7, "a.b", 1, b"{ }"), (5, 7, "a.b{", 1, b"}")]
    assert len({mark, Keyring(bytes(32)).mark(*one), *(keys.mark(*other) for other in others)}) == 2 + len(others)


async def test_subscriptions_are_those_in_effect(log: LogWriter, notes: Pool) -> None:
    """An event that is older than what is known already must not subscribe or unsubscribe anybody."""
    abroad = Abroad(ahead_ms=-60_000)
    early = abroad.write(Joined(room=ROOM, person=ANN, present=True))
    old_leaving = abroad.write(Joined(room=OTHER, person=ANN, present=False))
    heard: list[Entry] = []
    log._hear = lambda entries, _: heard.extend(entries)
    gone, back = Joined(room=ROOM, person=ANN, present=False), Joined(room=OTHER, person=ANN, present=True)
    await log.append(Decision([gone, back]), None)
    await log.take_in(Intake([early, old_leaving]))
    in_room, in_other = (int(ANN), int(ROOM)), (int(ANN), int(OTHER))
    assert [(entry.subscribes, entry.unsubscribes, entry.topics) for entry in heard] == [
        ((), (in_room,), (ROOM, ANN)),
        ((in_other,), (), (OTHER, ANN)),
        ((), (in_room,), (ROOM,)),
        ((in_other,), (), (OTHER, ANN)),
    ]
    async with notes.acquire() as db:
        assert await read_entries(db, Keyring(MASTER_KEY), 0, 10) == heard
