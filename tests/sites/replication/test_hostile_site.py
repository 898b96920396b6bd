"""A joined site that lies: nothing of what it claims for others, or sends damaged, comes into any log, and following
goes on as soon as it tells the truth. (That it cannot use another's subjects, NATS sees to: tests/app/embedded.)
"""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import cast

import msgspec
import pytest

from bilin.core.bus import Bus
from bilin.core.digests import FIRST, PARTS
from bilin.core.ids import COUNTER_BITS, id_at, wall_ms
from bilin.core.log.runs import START, Position
from bilin.sites.health.verifying import DIGESTS
from bilin.sites.health.verifying.questions import AskHashes, Hashes, decode_answer, encode
from bilin.sites.replication import metrics
from bilin.sites.replication.transport.envelope import HEADER_BYTES, pack, unpack
from bilin.sites.replication.transport.wire import (
    LIST,
    WIRE_VERSION,
    Carry,
    Fetch,
    FetchScopes,
    Refused,
    Scopes,
    Sent,
    SiteAnswer,
    SiteBatch,
    SiteQuestion,
)
from tests.identity.office import Browser
from tests.sites.bombs import bomb
from tests.sites.company import Company, group, history, say, texts, until

LIAR, VICTIM, OTHER = 2, 1, 3
LIVE = f"bilin.sites.live.{LIAR}.{VICTIM}"
ASK = f"bilin.sites.ask.{VICTIM}.{LIAR}"
COUNT_FROM = "SELECT count(*) FROM core.log WHERE site = $1"


@pytest.fixture
async def li(three: Company) -> Browser:
    """Somebody at the site that will lie, with a conversation she shares with headquarters."""
    shanghai = await three.branch("上海", LIAR)
    await three.hire("李娜", "li.na", shanghai)
    await three.move(shanghai, LIAR)
    await three.settle()
    return await three[LIAR].office.sign_in("li.na")


@asynccontextmanager
async def raw_line(company: Company) -> AsyncIterator[Bus]:
    """The line as it is, without what Bilin makes of it."""
    bus = Bus(company.line.url)
    await bus.open()
    try:
        yield bus
    finally:
        await bus.close()


def forged(site: int, number: int, data: bytes = b'{"title":"stolen"}') -> Sent:
    """An event with the number of a site in its id."""
    identifier = id_at(wall_ms()) | site << COUNTER_BITS | number
    return Sent(identifier, None, "messaging.conversation_renamed", 1, data, b"m" * 16)


async def lies(company: Company) -> dict[str, bytes]:
    """Live batches that go on right where the victim stands, but for one thing each."""
    here = company[VICTIM].network.followed(LIAR)
    sound = SiteBatch(LIAR, LIAR, LIST, here.run, here.pos, here.pos + 1, here.pos + 1, (forged(LIAR, 1),))
    change: Callable[..., SiteBatch] = lambda **fields: msgspec.structs.replace(sound, **fields)  # noqa: E731
    payload = pack(sound)
    return {
        "another holder": pack(change(holder=OTHER)),
        "another site's events": pack(change(whose=OTHER, events=(forged(OTHER, 2),))),
        "another site in an id": pack(change(events=(forged(OTHER, 3),))),
        "the victim in an id": pack(change(events=(forged(VICTIM, 4),))),
        "no JSON": pack(change(events=(forged(LIAR, 5, b"\xff{"),))),
        "no such fields": pack(change(events=(forged(LIAR, 6, b'{"title":7}'),))),
        "a hundred events, the last one forged": pack(
            change(events=(*(forged(LIAR, number) for number in range(10, 110)), forged(OTHER, 7)))
        ),
        "cut short": payload[:-3],
        "tampered": bytes((*payload[:HEADER_BYTES], payload[HEADER_BYTES] ^ 0xFF, *payload[HEADER_BYTES + 1 :])),
        "a bomb": bomb(50),
        "a version too far": bytes((WIRE_VERSION + 2,)) + payload[1:],
        "nothing": b"",
    }


def refused() -> float:
    """How many messages of the liar could not be read so far."""
    return float(metrics.refused.labels(LIAR)._value.get())


async def test_no_lie_comes_into_the_log_and_the_truth_does(three: Company, li: Browser) -> None:
    conversation = await group(li, "周会", three.headquarters.office.boss_id)
    await three.settle()
    before = {number: await three[VICTIM].count(COUNT_FROM, number) for number in (1, 2, 3)}
    async with raw_line(three) as line:
        for told, payload in (await lies(three)).items():
            before_it = refused()
            await line.publish(LIVE, payload)
            await until(lambda: _trouble(three) or refused() > before_it, f"not noticed: {told}")  # noqa: B023
            await until(lambda: _trouble(three) is None, f"it does not go on after: {told}")
            for number, count in before.items():
                assert await three[VICTIM].count(COUNT_FROM, number) == count, told
    await say(li, conversation, "真话")
    await three.settle()
    assert texts(await history(three.boss, conversation)) == ["真话"]
    verdict = await three.boss.do("POST", "/sites/verify", {"site": LIAR})
    assert [each["difference"] for each in verdict["modules"] if each["difference"]] == []


async def test_answers_are_not_believed_either(three: Company, li: Browser) -> None:
    """It answers what it is asked with another site's events, until its own worker is back."""
    conversation = await group(li, "周会", three.headquarters.office.boss_id)
    await three.settle()
    worker = three[LIAR].worker
    assert worker is not None
    await worker.close()
    asked = 0

    async def lie(_: str, payload: bytes) -> bytes:
        nonlocal asked
        question = unpack(payload, cast("type[SiteQuestion]", SiteQuestion))
        if not isinstance(question, Fetch):
            return pack(Refused("sites.unknown_question", "lies do not need it"))
        asked += 1
        after = question.position.pos
        return pack(SiteBatch(LIAR, LIAR, question.scope, 7, after, after + 1, after + 1, (forged(OTHER, asked),)))

    async with raw_line(three) as line:
        await line.answer(f"bilin.sites.ask.{LIAR}.*", lie)
        await say(li, conversation, "真话")
        three[VICTIM].network.followers.told(LIAR, Position(7, 10_000))
        await until(lambda: asked > 0, "nobody asked")
        await until(lambda: _trouble(three) == "sites.bad_batch", "it was not noticed")
    assert await three[VICTIM].count(COUNT_FROM, OTHER) == 0
    assert asked < 20, "it must wait between two tries"
    await three[LIAR].start_worker()
    await until(lambda: _said(three, conversation), "it did not go on")
    await three.settle()


async def _said(company: Company, conversation: str) -> bool:
    return texts(await history(company.boss, conversation)) == ["真话"]


def _trouble(company: Company) -> str | None:
    trouble = company[VICTIM].network.followers.states[LIAR].trouble
    return None if trouble is None else trouble.code


async def test_it_is_told_nothing_that_is_not_its_own(three: Company, li: Browser) -> None:
    """Conversations of others, logs of others, digests of others: refused, or answered with nothing."""
    colleague = await three.hire("王芳", "wang.fang", three.company)
    secret = int(await group(three.boss, "秘密", colleague))
    await say(three.boss, str(secret), "只有总部知道")
    await three.settle()
    async with raw_line(three) as line:

        async def ask(question: Fetch | FetchScopes | Carry) -> SiteAnswer:
            return unpack(await line.request(ASK, pack(question), 10), cast("type[SiteAnswer]", SiteAnswer))

        assert await ask(Fetch(VICTIM, secret, START)) == Refused("sites.not_yours", "This is not for that site")
        assert isinstance(await ask(Fetch(OTHER, LIST, START)), Refused)
        assert isinstance(await ask(FetchScopes(OTHER, 0)), Refused)
        everything = await ask(Fetch(VICTIM, LIST, START))
        assert isinstance(everything, SiteBatch)
        assert everything.events
        assert str(secret).encode() not in b"".join(event.data for event in everything.events)
        rows = AskHashes("messaging.messages", FIRST, FIRST.next)
        rows = msgspec.structs.replace(rows, end=msgspec.structs.replace(FIRST, a=(1 << 63) - 1))
        answer = await ask(Carry(DIGESTS, encode(rows)))
        assert isinstance(answer, Carry)
        assert decode_answer(answer.body) == Hashes(())
        assert rows.part in PARTS


@pytest.mark.parametrize(
    "payload",
    [
        b"",
        b"\x00",
        bytes((WIRE_VERSION + 2, 0)),
        pack(Refused("x", "y")),
        pack(Fetch(1 << 63, 0, START)),
        pack(Fetch(VICTIM, (1 << 64) - 1, START)),
        pack(Fetch(VICTIM, LIST, Position((1 << 64) - 1, (1 << 64) - 1), max_bytes=-1)),
        pack(FetchScopes(VICTIM, (1 << 64) - 1)),
        pack(Carry("no such kind", b"")),
        pack(Carry("forward", b"\xff")),
        pack(Carry(DIGESTS, b"\xff")),
    ],
)
async def test_questions_without_sense_are_answered_with_refusals(two: Company, payload: bytes) -> None:
    await two.settle()
    async with raw_line(two) as line:
        answer = unpack(await line.request(ASK, payload, 5), cast("type[SiteAnswer]", SiteAnswer))
    assert isinstance(answer, Refused | Carry | SiteBatch | Scopes)
    await two.settle()
