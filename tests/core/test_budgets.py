"""How much one person may ask."""

import pytest
from structlog.testing import capture_logs

from bilin.core import budgets as module
from bilin.core.budgets import BURST_S, BYTES_A_POINT, UNKNOWN_SIZE_POINTS, Budget, RequestBudget, refused, weigh
from bilin.core.errors import TooMany
from bilin.core.settings import LimitsSettings


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_is_let_through_and_then_the_steady_rate() -> None:
    time = Time()
    budget = Budget(60, time)
    assert [budget.take(1, 1) for _ in range(10)] == [0] * 10
    assert budget.take(1, 1) == pytest.approx(1)
    assert budget.take(1, 5) == pytest.approx(5)
    assert budget.take(2, 1) == 0
    time.now = 5.0
    assert budget.take(1, 5) == 0, "what was refused was charged"


def test_what_costs_more_than_there_is_room_for_takes_all() -> None:
    time = Time()
    budget = Budget(60, time)
    assert budget.take(1, 1_000) == 0
    assert budget.take(1, 1) > 0
    time.now = BURST_S
    assert budget.take(1, 1_000) == 0


def test_no_limit() -> None:
    budget = Budget(0)
    assert all(budget.take(1, 1_000) == 0 for _ in range(1_000))


def test_who_was_quiet_is_forgotten_and_who_is_not_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT", 3)
    time = Time()
    budget = Budget(60, time)
    for person in range(3):
        budget.take(person, 1)
    time.now = BURST_S - 1
    budget.take(0, 10)
    time.now = BURST_S + 1
    budget.take(4, 1)
    assert set(budget._buckets) == {0, 4}
    assert budget.take(0, 10) > 0


def test_bytes_are_weighed_and_programs_told_apart() -> None:
    assert weigh([], 1) == (1, False)
    assert weigh([(b"content-length", b"0"), (b"cookie", b"x")], 1) == (1, False)
    assert weigh([(b"content-length", b"%d" % (10 * BYTES_A_POINT)), (b"authorization", b"Bearer x")], 5) == (15, True)
    assert weigh([(b"transfer-encoding", b"chunked")], 1)[0] == 1 + UNKNOWN_SIZE_POINTS
    assert weigh([(b"content-length", b"much")], 1)[0] == 1 + UNKNOWN_SIZE_POINTS


def test_programs_have_their_own_and_refusals_are_counted_and_told_once() -> None:
    time = Time()
    budget = RequestBudget(LimitsSettings(points_per_minute=60, program_points_per_minute=60), time)
    before = refused.labels("program")._value.get()
    budget.charge(7, 10, is_program=True)
    with capture_logs() as said:
        for _ in range(5):
            with pytest.raises(TooMany) as too_many:
                budget.charge(7, 10, is_program=True)
            assert too_many.value.retry_after_s == pytest.approx(10)
        budget.charge(7, 10, is_program=False)
        budget.charge(8, 10, is_program=True)
    assert refused.labels("program")._value.get() - before == 5
    assert [(each["event"], each["person"], each["kind"]) for each in said] == [("http.too_many", 7, "program")]
