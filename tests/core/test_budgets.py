"""How much one person may ask."""

import pytest
from structlog.testing import capture_logs

from bilin.core.budgets import BYTES_A_POINT, UNKNOWN_SIZE_POINTS, RequestBudget, refused, weigh
from bilin.core.errors import TooMany
from bilin.core.settings import LimitsSettings


class Time:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_limit_of_none_is_no_limit() -> None:
    budget = RequestBudget(LimitsSettings(points_per_minute=0, program_points_per_minute=60))
    for _ in range(1_000):
        budget.charge(1, 1_000, is_program=False)


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
