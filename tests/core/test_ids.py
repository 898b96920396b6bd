"""Ids: unique, rising, never behind what was seen, and the time they say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.ids import (
    COUNTER_BITS,
    EPOCH_MS,
    LOST_MS,
    MAX_AHEAD_MS,
    MAX_NODE,
    TIME_SHIFT,
    ClockAhead,
    HybridClock,
    derived_id,
    id_at,
    time_ms,
)

NOW = EPOCH_MS + 60_000_000_000
moves = st.lists(
    st.one_of(
        st.tuples(st.just("tick"), st.integers(-5_000, 5_000)),
        st.tuples(st.just("next"), st.integers(1, 5_000)),
        st.tuples(st.just("observe"), st.tuples(st.integers(-5, 5), st.integers(0, MAX_NODE), st.integers(0, 4095))),
    ),
    max_size=30,
)


@given(moves, st.integers(0, MAX_NODE))
def test_ids_rise_and_are_never_behind_what_was_seen(history: list[tuple[str, object]], node: int) -> None:
    now = [NOW]
    clock = HybridClock(node, lambda: now[0])
    last = 0
    for kind, value in history:
        if kind == "tick":
            assert isinstance(value, int)
            now[0] += value
        elif kind == "next":
            assert isinstance(value, int)
            for _ in range(value):
                given_id = clock.next()
                assert given_id > last
                assert (given_id >> COUNTER_BITS) & MAX_NODE == node
                last = given_id
        else:
            assert isinstance(value, tuple)
            ahead_ms, other, counter = value
            seen = ((now[0] - EPOCH_MS + ahead_ms) << TIME_SHIFT) | (other << COUNTER_BITS) | counter
            clock.observe(seen)
            last = max(last, seen)


def test_observing_one_s_own_ids_does_not_hurry_the_clock() -> None:
    clock = HybridClock(3, lambda: NOW)
    for _ in range(4_000):
        clock.observe(clock.next())
    assert time_ms(clock.next()) == NOW


def test_more_ids_than_fit_into_a_millisecond_go_on() -> None:
    clock = HybridClock(3, lambda: NOW)
    ids = [clock.next() for _ in range(10_000)]
    assert len(set(ids)) == 10_000
    assert time_ms(ids[-1]) == NOW + 2


def test_a_clock_far_ahead_is_refused_unless_it_is_our_own_log() -> None:
    clock = HybridClock(3, lambda: NOW)
    ahead = id_at(NOW + MAX_AHEAD_MS + 1)
    with pytest.raises(ClockAhead):
        clock.observe(ahead)
    assert clock.next() < ahead
    clock.observe(ahead, trusted=True)
    assert clock.next() > ahead


@given(st.integers(2 * LOST_MS, 60 * 60_000), st.integers(3, LOST_MS - 3))
def test_a_restored_log_that_is_ahead_of_the_clock_gives_no_id_that_it_lost(ahead_ms: int, later_ms: int) -> None:
    at_backup = id_at(NOW + ahead_ms)
    begun, went_on, restored = (
        HybridClock(3, lambda: NOW),
        HybridClock(3, lambda: NOW),
        HybridClock(3, lambda: NOW + later_ms),
    )
    begun.begin_after(at_backup)
    went_on.observe(at_backup, trusted=True)
    lost = {clock.next() for clock in (begun, went_on) for _ in range(5_000)}
    restored.begin_after(at_backup)
    given_again = [restored.next() for _ in range(5_000)]
    assert min(given_again) > at_backup
    assert lost.isdisjoint(given_again) or later_ms >= ahead_ms


def test_beginning_after_an_id_of_the_past_does_not_hurry_the_clock() -> None:
    clock = HybridClock(3, lambda: NOW)
    clock.begin_after(id_at(NOW - 1))
    assert time_ms(clock.next()) == NOW


def test_many_ids_at_once_do_not_hurry_the_next_run() -> None:
    clock = HybridClock(3, lambda: NOW)
    clock.begin_after(id_at(NOW + 100))
    assert time_ms(clock.next()) == NOW + 100


@given(st.integers(EPOCH_MS, EPOCH_MS + (1 << 42) - 1))
def test_an_id_is_a_time(unix_ms: int) -> None:
    assert time_ms(id_at(unix_ms)) == unix_ms
    assert 0 <= id_at(unix_ms) < 1 << 63 or unix_ms - EPOCH_MS >= 1 << 41


def test_derived_ids_are_below_zero_and_told_apart() -> None:
    assert derived_id("direct", 1, 2) == derived_id("direct", 1, 2)
    assert len({derived_id("direct", 1, 2), derived_id("direct", 2, 1), derived_id("direct", 12)}) == 3
    assert all(-(1 << 63) <= derived_id("x", number) < 0 for number in range(1000))
