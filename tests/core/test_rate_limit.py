"""The limiter: a burst, the steady rate, refusals that cost nothing, and names that make no other forgotten."""

import random

import pytest

from bilin.core.rate_limit import SHARED, Rate, RateLimit


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


def test_a_burst_is_let_through_and_then_the_steady_rate(time: Time) -> None:
    limit = RateLimit[int](Rate(burst=10, per_s=1), time)
    assert [limit.use(1) for _ in range(10)] == [0] * 10
    assert limit.use(1) == pytest.approx(1)
    assert limit.use(1, 5) == pytest.approx(5)
    assert limit.use(2) == 0
    time.now = 5.0
    assert limit.use(1, 5) == 0, "what was refused was charged"


def test_what_costs_more_than_there_is_room_for_takes_all(time: Time) -> None:
    limit = RateLimit[int](Rate(burst=10, per_s=1), time)
    assert limit.use(1, 1_000) == 0
    assert limit.use(1) > 0
    time.now = 10.0
    assert limit.use(1, 1_000) == 0


def test_what_is_asked_uses_up_nothing_and_what_was_no_guess_comes_back(time: Time) -> None:
    limit = RateLimit[str](Rate(burst=3, per_s=0.1), time)
    for _ in range(3):
        assert limit.wait_s("a") == 0
        limit.take("a")
    assert limit.wait_s("a") == pytest.approx(10)
    limit.take("a")
    assert limit.wait_s("a") == pytest.approx(20), "taken without being there"
    limit.give_back("a")
    time.now = 10.0
    assert limit.wait_s("a") == 0


def test_who_has_all_of_it_back_is_forgotten_and_nobody_else(time: Time) -> None:
    limit = RateLimit[int](Rate(burst=10, per_s=1), time, remembered=3)
    for person in range(3):
        limit.use(person)
    time.now = 9.0
    limit.use(0, 10)
    time.now = 11.0
    limit.use(4)
    assert set(limit._full_at) == {0, 4}
    assert limit.use(0, 10) > 0
    limit.forget(0)
    assert limit.use(0, 10) == 0


def test_names_beyond_those_remembered_share_counters(time: Time) -> None:
    limit = RateLimit[int](Rate(burst=2, per_s=1), time, remembered=10)
    limit.take(0, 2)
    for name in range(100_000):
        limit.take(name)
    assert len(limit) <= 10 + SHARED
    assert limit.wait_s(0) > 0
    assert limit.wait_s(50) > 0, "one that shares a counter"
    assert limit.wait_s(50 + SHARED) > 0


def test_it_is_a_token_bucket(time: Time) -> None:
    """Told by one number, it lets through what a bucket that is filled step by step lets through."""
    dice = random.Random(3)  # noqa: S311 (repeatable)
    for _ in range(200):
        rate = Rate(burst=dice.choice([1, 5, 40]), per_s=dice.choice([0.1, 1, 30]))
        time.now = 0.0
        limit = RateLimit[int](rate, time)
        left = rate.burst
        for _ in range(60):
            passed = dice.choice([0, 0.01, 1, 20])
            time.now += passed
            left = min(rate.burst, left + passed * rate.per_s)
            cost = min(rate.burst, dice.choice([1, 2, 30]))
            is_there = left >= cost - 1e-6
            assert (limit.use(0, cost) == 0) == is_there
            left -= cost if is_there else 0
