"""Questions and answers on the bus: who is asked, who does not answer, and what becomes of both when it goes away."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bilin.app.embedded import EmbeddedNats
from bilin.core import bus as bus_module
from bilin.core.bus import Bus, NoAnswer
from bilin.core.errors import Unavailable
from tests.core.test_bus import running


@pytest.fixture
def subject() -> str:
    """Of this test alone: the tests share a server."""
    return f"test.{secrets.token_hex(6)}"


@pytest.fixture
async def bus(nats_url: str) -> AsyncIterator[Bus]:
    bus = Bus(nats_url)
    await bus.open()
    yield bus
    await bus.close()


@pytest.fixture
async def other(nats_url: str) -> AsyncIterator[Bus]:
    """Another process."""
    bus = Bus(nats_url, inbox_prefix="test.inbox.7")
    await bus.open()
    yield bus
    await bus.close()


async def echo(subject: str, question: bytes) -> bytes:
    return subject.rpartition(".")[2].encode() + b":" + question


async def settled(*buses: Bus) -> None:
    """The server knows their subscriptions. The client's first ping may overtake them, the second one cannot."""
    for bus in buses:
        await bus._client.flush()
        await bus._client.flush()


async def test_a_question_is_answered(bus: Bus, other: Bus, subject: str) -> None:
    await bus.answer(f"{subject}.*", echo)
    await settled(bus)
    answers = await asyncio.gather(*(other.request(f"{subject}.n{n}", b"%d" % n, 5) for n in range(50)))
    assert answers == [b"n%d:%d" % (n, n) for n in range(50)]


async def test_answers_come_to_the_inbox_of_the_asker(bus: Bus, other: Bus, subject: str) -> None:
    inboxes: list[str] = []

    async def hear(inbox: str, _: bytes) -> None:
        inboxes.append(inbox)

    await bus.subscribe_any("test.inbox.7.>", hear)
    await bus.answer(subject, echo)
    await settled(bus)
    await other.request(subject, b"", 5)
    async with asyncio.timeout(30):
        while not inboxes:
            await asyncio.sleep(0.01)
    assert inboxes[0].startswith("test.inbox.7.")


async def test_nobody_to_answer_is_told_at_once(bus: Bus, subject: str) -> None:
    with pytest.raises(NoAnswer, match="nobody"):  # and not that none came in time
        await bus.request(subject, b"", 20)
    assert issubclass(NoAnswer, Unavailable)


async def test_an_answer_that_takes_too_long_is_none(bus: Bus, other: Bus, subject: str) -> None:
    async def slow(_: str, question: bytes) -> bytes:
        await asyncio.sleep(float(question))
        return question

    await bus.answer(subject, slow)
    await settled(bus)
    with pytest.raises(NoAnswer, match="no answer came"):
        await other.request(subject, b"5", 0.1)
    assert await other.request(subject, b"0.01", 5) == b"0.01"  # the slow one is not in its way


async def test_whoever_asked_is_told_that_answering_failed(bus: Bus, other: Bus, subject: str) -> None:
    async def fails(_: str, question: bytes) -> bytes:
        raise RuntimeError(question.decode())

    await bus.answer(subject, fails)
    await settled(bus)
    with pytest.raises(NoAnswer, match="failed"):  # and not that none came in time
        await other.request(subject, b"secret", 20)


async def test_a_crowd_is_answered_some_at_a_time(
    bus: Bus, other: Bus, subject: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bus_module, "MAX_ANSWERING", 3)
    now = most = 0

    async def count(_: str, question: bytes) -> bytes:
        nonlocal now, most
        now += 1
        most = max(most, now)
        await asyncio.sleep(0.01)
        now -= 1
        return question

    await bus.answer(subject, count)
    await settled(bus)
    assert await asyncio.gather(*(other.request(subject, b"%d" % n, 5) for n in range(20))) == [
        b"%d" % n for n in range(20)
    ]
    assert most == 3


async def test_a_pattern_names_the_subject_in_order(bus: Bus, other: Bus, subject: str) -> None:
    heard: list[tuple[str, bytes]] = []

    async def hear(where: str, payload: bytes) -> None:
        heard.append((where, payload))

    await bus.subscribe_any(f"{subject}.*.7", hear)
    await settled(bus)
    for number in range(20):
        await other.publish(f"{subject}.{number}.7", b"%d" % number)
        await other.publish(f"{subject}.{number}.8", b"not for it")
    async with asyncio.timeout(30):
        while len(heard) < 20:
            await asyncio.sleep(0.01)
    assert heard == [(f"{subject}.{number}.7", b"%d" % number) for number in range(20)]


async def test_questions_over_an_absence_of_the_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """While it is away they fail at once; what was there to answer answers again when it is back."""
    monkeypatch.setattr(bus_module, "OPEN_PATIENCE_S", 0.1)
    nats = EmbeddedNats(tmp_path / "nats", tmp_path / "nats.log")
    bus, other = Bus(nats.url), Bus(nats.url, inbox_prefix="test.inbox.8")
    await asyncio.gather(bus.open(), other.open())
    await bus.answer("test.question", echo)
    try:
        with pytest.raises(NoAnswer, match="away"):
            await other.request("test.question", b"too early", 1)
        async with running(nats):
            assert await ask_until_answered(other, b"first") == b"question:first"
        async with asyncio.timeout(30):
            while other.is_connected:
                await asyncio.sleep(0.02)
        with pytest.raises(NoAnswer, match="away"):
            await other.request("test.question", b"meanwhile", 1)
        async with running(nats):
            assert await ask_until_answered(other, b"second") == b"question:second"
    finally:
        await asyncio.gather(bus.close(), other.close())


async def ask_until_answered(bus: Bus, question: bytes) -> bytes:
    async with asyncio.timeout(20):
        while True:
            try:
                return await bus.request("test.question", question, 1)
            except NoAnswer:
                await asyncio.sleep(0.05)


async def test_closing_waits_for_no_answer(nats_url: str, other: Bus, subject: str) -> None:
    bus = Bus(nats_url)
    await bus.open()
    began = asyncio.Event()

    async def never(_: str, __: bytes) -> bytes:
        began.set()
        await asyncio.sleep(3600)
        return b""

    await bus.answer(subject, never)
    await settled(bus)
    asking = asyncio.create_task(other.request(subject, b"", 3))
    await asyncio.wait_for(began.wait(), 30)
    async with asyncio.timeout(30):
        await bus.close()
    with pytest.raises(NoAnswer):
        await asking
