"""The waits between tries that failed."""

from bilin.core.backoff import Backoff


def test_each_is_twice_as_long_until_it_went_well() -> None:
    again = Backoff(0.5, 3.0)
    assert [again.next_s() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    again.went_well()
    assert again.next_s() == 0.5


def test_the_first_may_be_at_once() -> None:
    again = Backoff(0.5, 3.0, at_once=True)
    assert [again.next_s() for _ in range(4)] == [0.0, 0.5, 1.0, 2.0]
