"""The check that no modules import each other in a circle."""

from tools.no_circles import circles_in


def test_a_chain_is_no_circle() -> None:
    assert circles_in({"a": {"b", "c"}, "b": {"c"}, "c": set()}) == []


def test_a_circle_is_found_however_long() -> None:
    assert circles_in({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == [["a", "b", "c"]]


def test_two_circles_are_two() -> None:
    assert sorted(circles_in({"a": {"b"}, "b": {"a", "c"}, "c": {"d"}, "d": {"c"}})) == [["a", "b"], ["c", "d"]]
