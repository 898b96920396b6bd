"""Decisions of a process that does not write the log: what they are answered, and what is known when none comes."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import pairwise
from pathlib import Path

import asyncpg
import pytest

from bilin.core.bus import Bus
from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.errors import KeyReused, Stale, Unavailable
from bilin.core.ids import WRITER_LANE, HybridClock, Id, PersonId, id_at, lane_of, wall_ms
from bilin.core.log import Decision, Entry, Expect, LogWriter, Receipt
from bilin.core.log.handover import Desk, LaterRelease, Link, NumberTaken, desk_subject
from bilin.core.log.handover import link as link_module
from bilin.core.log.writer import Moved
from tests.core.log.conftest import MASTER_KEY, SITE, SilentBus, running, until
from tests.core.log.facts import NoteAdded, TitleSet
from tests.core.test_bus_questions import settled

ROOM = Id(1 << 40)
ANN = PersonId(11 << 40)
SAME, OTHER = (Keyring(MASTER_KEY).fingerprint(command) for command in (b"same", b"other"))

Opening = Callable[[], AbstractAsyncContextManager[LogWriter]]
Linking = Callable[..., AbstractAsyncContextManager[Link]]


def note(text: str, identifier: int | None = None) -> Decision:
    return Decision([NoteAdded(room=ROOM, text=text)], id=None if identifier is None else Id(identifier))


def heard_nothing(_: list[Entry], __: int) -> None:
    """For those who do not follow."""


async def linked_or_not(_: bool) -> None:
    """For those who have no tail."""


@pytest.fixture
def writing(notes: Pool, database_url: str, tmp_path: Path) -> Opening:
    """A process that may write the log, with its desk open while it does."""

    @asynccontextmanager
    async def open_one(bus: Bus | None = None) -> AsyncIterator[LogWriter]:
        clock = HybridClock(SITE, lane=WRITER_LANE)
        at = bus or SilentBus()
        writer = LogWriter(database_url, at, Keyring(MASTER_KEY), clock, SITE, lambda new, run: desk.hear(new, run))
        desk = Desk(writer, at, SITE, tmp_path)
        async with running(writer, waits=False):
            task = asyncio.create_task(desk.run())
            try:
                yield writer
            finally:
                task.cancel()
                await asyncio.gather(task, return_exceptions=True)

    return open_one


@asynccontextmanager
async def linked_by(
    bus: Bus, data: Path, lane: int = 20, hear: Callable[[list[Entry], int], None] = heard_nothing
) -> AsyncIterator[Link]:
    """A process that does not write; on the machine of a data folder."""
    link = Link(bus, SITE, data, HybridClock(SITE, lane=lane_of(lane)), lane, hear, linked_or_not)
    task = asyncio.create_task(link.run())
    try:
        yield link
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
def linked(tmp_path: Path) -> Linking:
    """A process beside the one that writes."""
    return lambda lane=2, hear=heard_nothing: linked_by(SilentBus(), tmp_path, lane, hear)


async def test_it_is_answered_as_at_the_writer(writing: Opening, linked: Linking, notes: Pool) -> None:
    async with writing(), linked() as link:
        first, again = await asyncio.gather(
            link.append(note("a"), ANN, "k", SAME), link.append(note("a"), ANN, "k", SAME)
        )
        assert again == Receipt(first.id, first.pos, repeated=True)
        assert await link.append(note("a"), ANN, "k", SAME) == again
        with pytest.raises(KeyReused):
            await link.append(note("b"), ANN, "k", OTHER)
        kept = await link.remembered(ANN, "k")
        assert kept is not None
        assert (kept.id, kept.pos, kept.command) == (first.id, first.pos, SAME)
        assert await link.remembered(ANN, "nothing") is None
        await link.append(Decision([TitleSet(room=ROOM, title="t")]), ANN, None, None)
        with pytest.raises(Stale):
            await link.append(Decision([TitleSet(room=ROOM, title="u")], [Expect(ROOM, 0)]), ANN, None, None)
    assert [row["text"] for row in await notes.fetch("SELECT text FROM note")] == ["a"]


async def test_order_is_kept(writing: Opening, linked: Linking) -> None:
    async with writing(), linked() as link:
        receipts = await asyncio.gather(*(link.append(note(f"n{n}"), ANN, None, None) for n in range(700)))
    assert [receipt.pos for receipt in receipts] == list(range(1, 701))
    assert all(earlier.id < later.id for earlier, later in pairwise(receipts))


async def test_the_database_refuses_at_the_asker_too(writing: Opening, linked: Linking) -> None:
    async with writing(), linked() as link:
        with pytest.raises(asyncpg.DataError):
            await link.append(note("nul \0"), ANN, None, None)
        assert (await link.append(note("fine"), ANN, None, None)).pos == 1


async def test_who_is_answered_has_heard_of_it_and_so_has_everybody(writing: Opening, linked: Linking) -> None:
    mine: list[int] = []
    others: list[int] = []
    hear_mine = lambda entries, _: mine.extend(each.pos for each in entries)  # noqa: E731
    hear_others = lambda entries, _: others.extend(each.pos for each in entries)  # noqa: E731
    async with writing(), linked(2, hear_mine) as link, linked(3, hear_others) as other:
        assert await other.is_writing()
        for number in range(20):
            receipt = await link.append(note(f"n{number}"), ANN, None, None)
            assert mine[-1] == receipt.pos
        await until(lambda: others == mine)


async def test_ids_are_later_than_what_the_asker_has_seen_and_of_no_other_lane(
    writing: Opening, linked: Linking
) -> None:
    async with writing() as writer, linked() as link:
        await until(lambda: writer.is_writing)
        ahead = id_at(wall_ms() + 60_000)
        link._clock.observe(ahead)
        named = link._clock.next()
        first = await link.append(note("named", named), ANN, None, None)
        second = await link.append(note("not named"), ANN, None, None)
        assert first.id == named
        assert second.id > named > ahead


def test_no_two_processes_make_the_same_id() -> None:
    now = wall_ms()
    clocks = [HybridClock(SITE, lambda: now, lane) for lane in (WRITER_LANE, *map(lane_of, range(64)))]
    given = [clock.next() for clock in clocks for _ in range(200)]
    assert len(set(given)) == len(given)
    for clock in clocks:
        made = [clock.next() for _ in range(5_000)]
        assert made == sorted(set(made))
        clock.observe(made[-1] | 0xFFF)
        assert clock.next() > made[-1] | 0xFFF


async def test_a_decision_waits_for_a_writer_and_is_refused_if_none_comes(
    writing: Opening, linked: Linking, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with linked() as link:
        waiting = asyncio.create_task(link.append(note("early"), ANN, "early", None))
        await asyncio.sleep(0.3)
        assert not waiting.done()
        async with writing():
            assert (await waiting).pos == 1
        monkeypatch.setattr(link_module, "ANSWER_S", 0.2)
        with pytest.raises(Unavailable, match="no process writes"):
            await link.append(note("late"), ANN, None, None)


async def test_what_was_sent_and_not_answered_is_found_by_its_key_or_unknown(
    writing: Opening, linked: Linking, notes: Pool
) -> None:
    """The link is lost between the commit and the answer."""
    async with linked() as link, writing() as writer:
        await until(lambda: writer.is_writing)
        assert await link.is_writing()
        async with notes.acquire() as db, db.transaction():
            await db.execute("LOCK TABLE note IN ACCESS EXCLUSIVE MODE")
            named = asyncio.create_task(link.append(note("named"), ANN, "k", None))
            nameless = asyncio.create_task(link.append(note("nameless"), ANN, None, None))
            await until(lambda: link._writer is not None and len(link._writer._asked) == 2)
            assert link._writer is not None
            link._writer.close()
            with pytest.raises(Unavailable, match="went away"):
                await nameless
            assert not named.done()
        assert (await named).repeated
        await until(lambda: writer._commits is not None and writer._commits.pos == 2)
    assert sorted(row["text"] for row in await notes.fetch("SELECT text FROM note")) == ["named", "nameless"]


async def test_who_asked_a_machine_that_died_asks_the_one_that_writes_then(
    writing: Opening, nats_url: str, tmp_path: Path
) -> None:
    async def say_nothing(_: str, __: bytes) -> bytes:
        return await asyncio.Future()

    async with opened(nats_url) as dead, opened(nats_url) as there, opened(nats_url) as here:
        silence = await dead.answer(desk_subject(SITE), say_nothing)
        await settled(dead)
        async with linked_by(there, tmp_path / "elsewhere") as link:
            named = asyncio.create_task(link.append(note("named"), ANN, "k", None))
            nameless = asyncio.create_task(link.append(note("nameless"), ANN, None, None))
            await until(lambda: len(link._by_bus) == 2)
            async with asyncio.timeout(30), writing(here):  # type: ignore[call-arg]
                receipt = await named
                with pytest.raises(Unavailable, match="went away"):
                    await nameless
                assert (receipt.pos, receipt.repeated) == (1, False)
                assert await link.append(note("named"), ANN, "k", None) == Receipt(receipt.id, 1, repeated=True)
        await silence.stop()


async def test_who_waits_for_another_process_turns_to_this_one_once_it_writes(linked: Linking) -> None:
    """And does not hold up the rest of it meanwhile."""
    async with asyncio.timeout(30):
        async with linked() as link:
            waiting = asyncio.create_task(link.append(note("early"), ANN, "k", None))
            await until(lambda: link._searching is not None)
        with pytest.raises(Moved):
            await waiting
        with pytest.raises(Moved):
            await link.append(note("late"), ANN, None, None)


async def test_another_process_takes_over(writing: Opening, linked: Linking) -> None:
    async with linked() as link, writing() as first:
        await until(lambda: first.is_writing)
        async with writing() as second:
            await until(lambda: second.lead.is_elsewhere)
            await link.append(note("a"), ANN, "a", None)
            assert first.remembered(ANN, "a") is not None
            assert first._db is not None
            first_run = first.run_id
            first._db.terminate()  # it takes the lock again, or the other one does
            await link.append(note("b"), ANN, "b", None)
            assert (await link.append(note("a"), ANN, "a", None)).repeated
            assert first_run not in (first.run_id if first.is_writing else 0, second.run_id)


async def test_what_waits_where_nothing_is_written_goes_to_the_other(
    writing: Opening, new_writer: Callable[[], LogWriter]
) -> None:
    async with writing() as first:
        await until(lambda: first.is_writing)
        second = new_writer()
        second.can_move = True
        waiting = asyncio.create_task(second.append(note("early"), ANN, None))
        await asyncio.sleep(0)
        async with running(second, waits=False):
            with pytest.raises(Moved):
                await waiting


async def test_two_processes_with_one_number_are_noticed(writing: Opening, linked: Linking) -> None:
    async with writing(), linked(5) as one, linked(5) as other:
        await one.append(note("a"), ANN, None, None)
        await other.append(note("b"), ANN, None, None)  # as one that was started anew
        with pytest.raises(NumberTaken):
            await one.append(note("c"), ANN, None, None)
        await other.append(note("d"), ANN, None, None)


async def test_what_the_writer_does_not_know_waits_for_its_upgrade(
    writing: Opening, linked: Linking, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = NoteAdded.TYPE.__class__(
        **{field: getattr(NoteAdded.TYPE, field) for field in NoteAdded.TYPE.__struct_fields__} | {"version": 2}
    )
    async with writing() as writer, linked() as link:
        await until(lambda: writer.is_writing)
        monkeypatch.setattr(NoteAdded, "TYPE", later)  # the asker is of a later release than the registry
        with pytest.raises(LaterRelease):
            await link.append(note("new"), ANN, None, None)


async def test_from_another_machine_it_goes_by_the_bus(
    writing: Opening, notes: Pool, nats_url: str, tmp_path: Path
) -> None:
    async with (
        opened(nats_url) as here,
        opened(nats_url) as there,
        writing(here) as writer,  # type: ignore[call-arg]
        linked_by(there, tmp_path / "elsewhere") as link,
    ):
        first = await link.append(note("far"), ANN, "k", None)
        assert (await link.append(note("far"), ANN, "k", None)).repeated
        assert first.pos == 1
        assert await link.is_writing()
        assert writer.is_writing


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Bus]:
    bus = Bus(url)
    await bus.open()
    try:
        yield bus
    finally:
        await bus.close()
