"""How fast one person may send."""

import asyncpg
import pytest

from bilin.core.errors import KeyReused, TooMany
from bilin.core.ids import PersonId
from bilin.core.settings import Settings
from bilin.messaging.messages.pace import SendRate
from tests.messaging.conftest import with_settings
from tests.messaging.house import open_house

ANNA, BEN = PersonId(1), PersonId(2)


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_then_the_steady_rate() -> None:
    time = Time()
    pace = SendRate(time)
    for _ in range(10):
        pace.take(ANNA, 60)
    with pytest.raises(TooMany) as refused:
        pace.take(ANNA, 60)
    assert refused.value.retry_after_s == 1
    pace.take(BEN, 60)
    time.now = 1.0
    pace.take(ANNA, 60)
    with pytest.raises(TooMany):
        pace.take(ANNA, 60)
    time.now = 1_000
    for _ in range(10):
        pace.take(ANNA, 60)


def test_no_limit() -> None:
    pace = SendRate()
    for _ in range(1_000):
        pace.take(ANNA, 0)


async def test_sending_keeps_to_it(settings: Settings) -> None:
    house = await open_house(with_settings(settings, BILIN_MESSAGING_SENDS_PER_MINUTE="6"))
    try:
        anna, ben = await house.hire("Anna", "Ben")
        room = await house.group(anna, ben)
        await house.say(anna, room, key="k")
        with pytest.raises(TooMany):
            await house.say(anna, room)
        await house.say(anna, room, key="k")
        with pytest.raises(KeyReused):
            await house.say(anna, room, "other words", key="k")
        await house.say(ben, room)
    finally:
        await house.site.close()


async def test_refusing_who_is_too_fast_asks_the_database_nothing(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    house = await open_house(with_settings(settings, BILIN_MESSAGING_SENDS_PER_MINUTE="6"))
    try:
        anna, ben = await house.hire("Anna", "Ben")
        room = await house.group(anna, ben)
        await house.say(anna, room, key="first")

        def ask(*_: object, **__: object) -> None:
            raise AssertionError("the database was asked")

        monkeypatch.setattr(asyncpg.Pool, "acquire", ask)
        with pytest.raises(TooMany):
            await house.say(anna, room, key="second")
    finally:
        monkeypatch.undo()
        await house.site.close()
