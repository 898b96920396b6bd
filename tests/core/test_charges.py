"""What somebody uses up at one process counts at the others."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from bilin.core import charges as charges_module
from bilin.core.budgets import RequestBudget
from bilin.core.bus import Bus
from bilin.core.charges import Charges
from bilin.core.errors import TooMany
from bilin.core.ids import PersonId
from bilin.core.rate_limit import Rate, RateLimit
from bilin.core.settings import LimitsSettings
from bilin.messaging.messages.pace import SendRate

ANN = PersonId(7)
AT_ONCE = 10


@dataclass
class Process:
    """The budgets of one process. Time stands still."""

    charges: Charges
    requests: RequestBudget
    sends: SendRate
    attempts: RateLimit[str]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is charged is told long before a test looks."""
    monkeypatch.setattr(charges_module, "PACE_S", 0.02)


@pytest.fixture
async def two(nats_url: str) -> AsyncIterator[tuple[Process, Process]]:
    site = secrets.randbits(30)
    async with opened(nats_url, site) as one, opened(nats_url, site) as other:
        yield one, other


@asynccontextmanager
async def opened(url: str, site: int, *, has_others: bool = True) -> AsyncIterator[Process]:
    bus = Bus(url)
    await bus.open()
    charges = Charges(bus, site, lambda: has_others)
    limits = LimitsSettings(points_per_minute=AT_ONCE * 6, program_points_per_minute=AT_ONCE * 6)
    process = Process(
        charges,
        RequestBudget(limits, lambda: 0.0),
        SendRate(lambda: 0.0),
        RateLimit[str](Rate(AT_ONCE, AT_ONCE / 60), lambda: 0.0),
    )
    process.requests.share(charges)
    process.sends.share(charges)
    process.attempts.share(charges, "sign-in", str)
    await charges.start()
    await bus._client.flush()
    yield process
    await bus.close()


async def told() -> None:
    await asyncio.sleep(0.3)


async def test_requests(two: tuple[Process, Process]) -> None:
    for each in two:
        for _ in range(AT_ONCE // 2):
            each.requests.charge(ANN, 1, is_program=False)
    await told()
    for each in two:
        with pytest.raises(TooMany):
            each.requests.charge(ANN, 1, is_program=False)
        each.requests.charge(ANN, 1, is_program=True)  # another budget
        each.requests.charge(PersonId(8), 1, is_program=False)  # another person


async def test_messages(two: tuple[Process, Process]) -> None:
    for each in two:
        for _ in range(AT_ONCE // 2):
            each.sends.take(ANN, AT_ONCE * 6)
    await told()
    for each in two:
        with pytest.raises(TooMany):
            each.sends.take(ANN, AT_ONCE * 6)


async def test_attempts_and_those_that_were_none(two: tuple[Process, Process]) -> None:
    one, other = two
    for _ in range(AT_ONCE):
        one.attempts.take("ann")
    await told()
    assert other.attempts.wait_s("ann") > 0
    one.attempts.give_back("ann")
    await told()
    assert other.attempts.wait_s("ann") == 0
    other.attempts.take("ann")
    await told()
    assert one.attempts.wait_s("ann") > 0


async def test_what_was_used_beyond_it_at_the_same_moment_is_owed(two: tuple[Process, Process]) -> None:
    for each in two:
        for _ in range(AT_ONCE):
            each.attempts.take("ann")
    await told()
    for each in two:
        assert each.attempts.wait_s("ann") == pytest.approx(60 / AT_ONCE * (AT_ONCE + 1))


async def test_a_process_alone_tells_nobody(nats_url: str) -> None:
    site = secrets.randbits(30)
    async with opened(nats_url, site, has_others=False) as alone, opened(nats_url, site) as other:
        for _ in range(AT_ONCE):
            alone.attempts.take("ann")
        await told()
        assert other.attempts.wait_s("ann") == 0
