"""The tail gives every entry, in order, once, whatever the bus loses, doubles, reorders or does not carry at all."""

import asyncio
import contextlib
import random
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from time import monotonic

import pytest

from bilin.core.bus import Bus, Listening, Receive
from bilin.core.crypto import Keyring
from bilin.core.database import Pool
from bilin.core.ids import HybridClock, Id, PersonId
from bilin.core.log import Decision, Entry, LogWriter, Tail, publication
from bilin.core.log import tail as tail_module
from bilin.core.log.entry import pack_entries, run_of, unpack_entries
from bilin.core.log.publication import head_subject, log_subject
from tests.core.log.conftest import MASTER_KEY, SITE, running, until
from tests.core.log.facts import NoteAdded

ROOM = Id(1 << 40)


class FakeBus(Bus):
    """Brings what is published to whoever subscribed, the way `carry` says: payload → payloads to deliver now."""

    def __init__(self, carry: Callable[[bytes], list[bytes]] = lambda payload: [payload]) -> None:
        super().__init__("nats://127.0.0.1:1")
        self._receivers: list[tuple[str, Receive]] = []
        self.carry = carry
        self.connected = True

    @property
    def is_connected(self) -> bool:
        return self.connected

    async def publish(self, subject: str, payload: bytes) -> bool:
        for carried in self.carry(payload) if self.connected else []:
            await self.bring(carried, subject)
        return self.connected

    async def bring(self, payload: bytes, subject: str = log_subject(SITE)) -> None:
        for wanted, receive in self._receivers:
            if wanted == subject:
                await receive(payload)

    def heard_by(self) -> int:
        """How many hear entries."""
        return sum(subject == log_subject(SITE) for subject, _ in self._receivers)

    async def subscribe(self, subject: str, receive: Receive) -> Listening:
        self._receivers.append((subject, receive))

        async def stop() -> None:
            self._receivers.remove((subject, receive))

        return Listening(stop)


class Unreliable:
    """Drops, doubles and holds back."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)  # noqa: S311 (repeatable)
        self._held: list[bytes] = []

    def __call__(self, payload: bytes) -> list[bytes]:
        kind = self._chance.choice(("drop", "double", "hold", "pass", "release", "part"))
        if kind == "drop":
            return []
        if kind == "double":
            return [payload, payload]
        if kind == "hold":
            self._held.append(payload)
            return []
        if kind == "release":
            held, self._held = self._held, []
            return [payload, *reversed(held)]
        if kind == "part":  # as another writer would have published a part of it, before
            entries = unpack_entries(payload)
            return [pack_entries(entries[: self._chance.randrange(1, len(entries) + 1)], run_of(payload)), payload]
        return [payload]


@asynccontextmanager
async def tailing(notes: Pool, bus: Bus, *, heads_only: bool = False) -> AsyncIterator[tuple[Tail, list[int]]]:
    """A tail at work, and the positions it gave."""
    tail = Tail(notes, bus, Keyring(MASTER_KEY), SITE)
    given: list[int] = []

    def listen(entries: Sequence[Entry]) -> None:
        given.extend(entry.pos for entry in entries)

    tail.listen(listen, (lambda: None) if heads_only else None)
    await tail.start(heads_only=heads_only)
    task = asyncio.create_task(tail.run())
    try:
        yield tail, given
    finally:
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


def writer_on(bus: Bus, database_url: str, hear: Callable[[list[Entry], int], None] | None = None) -> LogWriter:
    return LogWriter(database_url, bus, Keyring(MASTER_KEY), HybridClock(SITE), SITE, hear)


async def write(log: LogWriter, first: int, count: int) -> int:
    """Append notes in small random groups; the last position."""
    receipts = await asyncio.gather(
        *(
            log.append(Decision([NoteAdded(room=ROOM, text=f"n{number}")]), PersonId(1))
            for number in range(first, first + count)
        )
    )
    return max(receipt.pos for receipt in receipts)


@pytest.mark.parametrize("seed", range(6))
async def test_an_unreliable_bus_makes_no_hole_and_no_disorder(notes: Pool, database_url: str, seed: int) -> None:
    bus = FakeBus(Unreliable(seed))
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus) as (tail, given):
        number = 0
        for round_ in range(30):
            number += 1 + (seed + round_) % 4
            await write(log, number * 10, 1 + (seed + round_) % 4)
            await asyncio.sleep(0.005)
        last = await write(log, 10_000, 1)
        assert await tail.reached(last, 10)
        assert given == list(range(1, last + 1))


async def test_the_loss_of_the_last_message_is_noticed(notes: Pool, database_url: str) -> None:
    bus = FakeBus(lambda _: [])
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus) as (tail, given):
        last = await write(log, 0, 3)
        assert await tail.reached(last, 3)
        assert given == [1, 2, 3]


async def test_who_hears_heads_only_is_told_once_a_second_that_the_log_grew(notes: Pool, database_url: str) -> None:
    payloads: list[bytes] = []
    bus = FakeBus()

    async def keep(payload: bytes) -> None:
        payloads.append(payload)

    async with (
        running(writer_on(bus, database_url)) as log,
        tailing(notes, bus, heads_only=True) as (tail, given),
    ):
        latest, again = list[int](), list[bool]()
        tail.on_growth(latest.append)
        tail.listen(lambda _: None, lambda: again.append(True))
        await bus.subscribe(head_subject(SITE), keep)
        began = monotonic()
        await write(log, 0, 1)
        for number in range(1, 20):
            await write(log, number * 10, 2)
        last = await log.append(Decision([NoteAdded(room=ROOM, text="last")]), None)
        await until(lambda: tail.pos == last.pos, 5)
        assert latest[-1] == last.id, "ids that are given here are later than what is there"
        assert again, "who remembers something reads it anew"
        assert given == []
        assert len(latest) <= len(payloads)
        assert 1 <= len(payloads) <= (monotonic() - began) / publication.HEAD_S + 1
        assert bus.heard_by() == 0


async def test_who_hears_heads_only_may_come_to_wait_for_entries(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus, heads_only=True) as (tail, given):
        await tail.hear_entries()
        receipts = [await write(log, number, 1) for number in range(5)]
        await until(lambda: given == receipts, 0.5)


async def test_who_is_fed_by_a_link_misses_nothing_when_it_comes_and_goes(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    async with tailing(notes, bus) as (tail, given):
        links: list[Callable[[list[Entry], int], None]] = []

        def hear(entries: list[Entry], run: int) -> None:
            for each in links:
                each(entries, run)

        writer = writer_on(bus, database_url, hear)
        async with running(writer) as log:
            await write(log, 0, 2)
            await tail.be_fed()
            await write(log, 10, 2)  # the link is not up yet: the head tells
            links.append(tail.hear)
            fed = [await write(log, number * 10, 1) for number in range(2, 6)]
            await until(lambda: given[-1] == fed[-1])
            links.clear()
            await tail.hear_entries()
            last = await write(log, 100, 3)
            await until(lambda: given[-1] == last)
    assert given == list(range(1, last + 1))


async def test_who_hears_heads_only_is_not_deaf_without_a_bus(
    notes: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tail_module, "HEADS_QUIET_S", 0.5)
    bus = FakeBus(lambda _: [])
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus, heads_only=True) as (tail, given):
        last = await write(log, 0, 3)
        await until(lambda: tail.pos == last, 5)
        assert given == []


async def test_beside_the_writer_silence_is_believed_once_it_was_looked(notes: Pool, database_url: str) -> None:
    """Until then the log may be another one than the one this process stands in."""
    bus = FakeBus(lambda _: [])
    async with tailing(notes, bus) as (tail, given):
        log = LogWriter(database_url, bus, Keyring(MASTER_KEY), HybridClock(SITE), SITE)  # it tells the tail nothing
        tail.feeding_run = lambda: log.run_id if log.is_writing else 0
        async with running(log):
            assert await tail.reached(await write(log, 0, 2), 3)
            await write(log, 10, 2)
            assert not await tail.reached(3, 2.5)
        assert await tail.reached(4, 3)
        assert given == [1, 2, 3, 4]


async def test_beside_the_writer_its_entries_are_not_heard_again(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    async with tailing(notes, bus) as (tail, given):
        log = LogWriter(database_url, bus, Keyring(MASTER_KEY), HybridClock(SITE), SITE, tail.hear)
        tail.feeding_run = lambda: log.run_id if log.is_writing else 0
        async with running(log):
            await until(lambda: bus.heard_by() == 0, 3)
            last = await write(log, 0, 3)
            assert given == list(range(1, last + 1))
        async with running(writer_on(bus, database_url)) as other:  # of another process
            assert await tail.reached(await write(other, 10, 2), 3)
            await until(lambda: bus.heard_by() == 1, 3)
            assert given == list(range(1, tail.pos + 1))


async def test_entries_are_told_while_somebody_wants_them(
    notes: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(publication, "WANTED_S", 0.5)
    monkeypatch.setattr(tail_module, "WANT_S", 0.1)
    monkeypatch.setattr(tail_module, "QUIET_S", 0.1)
    told: list[bytes] = []
    bus = FakeBus()

    async def keep(payload: bytes) -> None:
        told.append(payload)

    await bus.subscribe(log_subject(SITE), keep)
    async with running(writer_on(bus, database_url)) as log:
        await write(log, 0, 1)
        assert len(told) == 1  # nobody can have said anything yet
        await asyncio.sleep(0.6)
        last = await write(log, 10, 1)
        assert len(told) == 1
        async with tailing(notes, bus) as (tail, given):
            await until(lambda: tail._wished_at > 0, 2)
            receipts = [await write(log, number, 1) for number in range(20, 25)]
            assert tail.pos == receipts[-1]
            assert given == list(range(last + 1, tail.pos + 1))
        assert len(told) == 6


async def test_without_a_bus_entries_come_from_the_database(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    bus.connected = False
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus) as (tail, given):
        last = await write(log, 0, 1200)
        assert await tail.reached(last, 2)
        bus.connected = True
        assert await tail.reached(await write(log, 2000, 5), 2)
        assert given == list(range(1, 1206))


async def test_what_was_there_before_is_not_given_again(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    async with running(writer_on(bus, database_url)) as log:
        await write(log, 0, 5)
        async with tailing(notes, bus) as (tail, given):
            assert tail.pos == 5
            assert await tail.reached(await write(log, 10, 2), 2)
            assert given == [6, 7]


def failing(_: Sequence[Entry]) -> None:
    raise RuntimeError("a mistake")


async def test_a_failing_listener_starts_over_and_stops_nobody_else(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    begun: list[int] = []
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus) as (tail, given):
        tail._listeners.clear()
        tail.listen(failing, lambda: begun.append(tail.pos))
        tail.listen(lambda entries: given.extend(entry.pos for entry in entries))
        await bus.bring(b"\xc1 no msgpack")
        for number in range(3):
            assert await tail.reached(await write(log, number, 1), 2)
        assert given == [1, 2, 3]
        assert begun == [1, 2, 3]


@pytest.mark.parametrize("start_over", [None, lambda: failing(())])
async def test_a_process_whose_listener_cannot_start_over_ends(
    notes: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch, start_over: Callable[[], None] | None
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", ended.append)
    bus = FakeBus()
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus) as (tail, _):
        tail.listen(failing, start_over)
        assert await tail.reached(await write(log, 0, 1), 2)
        assert ended == [signal.SIGTERM]


async def test_who_begins_anew_does_not_meet_the_event_again(notes: Pool, database_url: str) -> None:
    """A poisonous event ends a process once, not each one after it."""
    bus = FakeBus()
    async with running(writer_on(bus, database_url)) as log:
        await write(log, 0, 3)
        tail = Tail(notes, bus, Keyring(MASTER_KEY), SITE)
        tail.listen(failing)
        await tail.start()
        await tail._fill()
        assert tail.pos == 3


async def test_a_damaged_body_is_left_out_and_does_not_stand_in_the_way(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    bus.connected = False
    async with running(writer_on(bus, database_url)) as log:
        async with tailing(notes, bus) as (tail, given):
            await log.append(Decision([NoteAdded(room=ROOM, text="a")]), None)
            assert await tail.reached(1, 2)
        await write(log, 0, 3)
        await notes.execute("UPDATE core.log SET body = set_byte(body, 40, get_byte(body, 40) # 1) WHERE pos = 3")
        tail = Tail(notes, bus, Keyring(MASTER_KEY), SITE)
        begun: list[int] = []
        tail.listen(lambda entries: given.extend(entry.pos for entry in entries), lambda: begun.append(tail.pos))
        tail.pos = 1
        await tail._fill()
        assert given == [1, 2, 4]
        assert tail.pos == 4
        assert begun == [4]  # it may have been an ending of a session


async def test_waiting_for_a_position_ends(notes: Pool) -> None:
    async with tailing(notes, FakeBus()) as (tail, _):
        assert not await tail.reached(1, 0.05)
        assert tail._waiters == []


@pytest.mark.parametrize("is_connected", [True, False])
async def test_a_log_restored_under_the_process_ends_it(
    notes: Pool, database_url: str, monkeypatch: pytest.MonkeyPatch, is_connected: bool
) -> None:
    signals: list[int] = []
    monkeypatch.setattr(signal, "raise_signal", signals.append)
    bus = FakeBus()
    async with tailing(notes, bus) as (tail, given):
        async with running(writer_on(bus, database_url)) as log:
            assert await tail.reached(await write(log, 0, 5), 2)
        async with running(writer_on(bus, database_url)) as log:  # started anew, it goes on
            assert await tail.reached(await write(log, 10, 1), 3)
            assert tail.run_id == log.run_id
        assert signals == []
        await notes.execute("DELETE FROM note WHERE id IN (SELECT id FROM core.log WHERE pos > 3)")
        await notes.execute("DELETE FROM core.log WHERE pos > 3")
        await notes.execute("DELETE FROM core.run WHERE number > 1")
        bus.connected = is_connected
        async with running(writer_on(bus, database_url)) as log:
            await write(log, 20, 2)
            await until(lambda: signals != [], 3)
        assert signals == [signal.SIGTERM]
        assert given == [1, 2, 3, 4, 5, 6]


async def test_the_run_is_known_before_what_it_gave(notes: Pool, database_url: str) -> None:
    bus = FakeBus()
    heard: list[tuple[int, int]] = []
    async with tailing(notes, bus) as (tail, _):
        tail.listen(lambda entries: heard.append((entries[0].pos, tail.run_id)))
        runs = []
        for number, is_connected in enumerate((True, False, True)):
            bus.connected = is_connected
            async with running(writer_on(bus, database_url)) as log:
                runs.append(log.run_id)
                assert await tail.reached(await write(log, number * 10, 1), 3)
    assert heard == [(1, runs[0]), (2, runs[1]), (3, runs[2])]


async def test_large_batches_travel_in_parts(monkeypatch: pytest.MonkeyPatch, notes: Pool, database_url: str) -> None:
    monkeypatch.setattr(publication, "MAX_PAYLOAD_BYTES", 2_000)
    payloads: list[bytes] = []
    bus = FakeBus(lambda payload: (payloads.append(payload), [payload])[1])  # type: ignore[func-returns-value]
    async with running(writer_on(bus, database_url)) as log, tailing(notes, bus) as (tail, given):
        events = [NoteAdded(room=ROOM, text=f"{number}" + "x" * 300) for number in range(20)]
        receipt = await log.append(Decision(events), None)
        assert await tail.reached(receipt.pos, 2)
        assert given == list(range(1, 21))
        assert len(payloads) > 3
        assert max(map(len, payloads)) < 2_500


async def test_the_writers_own_process_need_not_wait_for_the_bus(notes: Pool, database_url: str) -> None:
    bus = FakeBus(lambda payload: [])  # the bus loses everything
    tail = Tail(notes, bus, Keyring(MASTER_KEY), SITE)
    given: list[int] = []
    tail.listen(lambda entries: given.extend(entry.pos for entry in entries))
    await tail.start()
    log = LogWriter(database_url, bus, Keyring(MASTER_KEY), HybridClock(SITE), SITE, tail.hear)
    async with running(log):
        receipts = [await log.append(Decision([NoteAdded(room=ROOM, text=str(number))]), None) for number in range(5)]
        await asyncio.sleep(0)
        assert given == [receipt.pos for receipt in receipts]
