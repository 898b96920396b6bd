"""What a password must be: long enough, and not what is guessed first. Nothing is asked of its composition."""

import pytest

from bilin.core.reasons import Reason, TooShort, Wrong
from bilin.identity.password_rules import TooCommon, TooPersonal, TooRegular, check_password, common_passwords

OWN = ("云川集团", "张伟", "zhang.wei", "Marcus Tan")


def why(password: str, own: tuple[str, ...] = OWN) -> Reason | None:
    """The reason why a password is refused; None when it is accepted."""
    try:
        check_password(password, own)
    except Wrong as wrong:
        return wrong.reason
    return None


def test_the_list_holds_more_than_the_three_thousand_most_common_that_are_long_enough() -> None:
    assert sum(len(each) >= 8 for each in common_passwords()) > 3000
    assert all(why(each) is not None for each in common_passwords())


@pytest.mark.parametrize(
    "password",
    [
        *("12345678", "password", "Password", "ＰＡＳＳＷＯＲＤ", "iloveyou", "1qaz2wsx", "woaini1314", "5201314520"),
        *("Password1!", "P@ssw0rd2026", "welcome2026", "admin@2026", "!!!dragon!!!", "2026sunshine", "Summer2026!"),
    ],
)
def test_common_ones_are_refused_in_whatever_dress(password: str) -> None:
    assert why(password) == TooCommon()


@pytest.mark.parametrize(
    "password",
    ["        ", "aaaaaaaaaaaaaaaa", "xkxkxkxkxk", "电池电池电池电池", "rewqfdsa", "76543210abcdef", "zxcvbnm,,,"],
)
def test_runs_and_repetitions_are_refused(password: str) -> None:
    assert why(password) in (TooRegular(), TooCommon())


@pytest.mark.parametrize(
    "password",
    [
        *(
            "云川集团2026",
            "yunchuan2026",
            "YunChuanJiTuan",
            "zhang.wei2026",
            "ZhangWei888",
            "weizhang-1",
            "张伟 张伟, 张伟!",
        ),
        *(
            "bilin2026",
            "Bilin-Bilin!",
            "比邻2026比邻",
            "marcustan88",
            "tanmarcus!!",
            "Marcus.Tan.1",
            "yunchuan@zhangwei",
        ),
    ],
)
def test_names_that_others_know_are_refused(password: str) -> None:
    assert why(password) == TooPersonal()


@pytest.mark.parametrize(
    "password",
    [
        *("correct horse 电池", "harbour-lamp-7", "v2jj-sqaw-84ce", "天涯若比邻海内存知己", "zhangwei likes lamps"),
        *("only lower case letters", "7294016385", "x" * 40 + "yz kettle" + "x" * 15, "😀🎈🍕🚲🪁🧭🪴🫖"),
    ],
)
def test_everything_else_is_accepted_without_rules_of_composition(password: str) -> None:
    assert why(password) is None


@pytest.mark.parametrize(("length", "refused"), [(7, True), (8, False), (64, False), (256, False), (257, True)])
def test_lengths(length: int, refused: bool) -> None:
    words = "kettle umbrella voyage 1f7 "
    assert (why((words * 10)[:length]) is not None) is refused


def test_length_counts_letters_as_they_are_compared() -> None:
    assert why("e\u0301" * 4) == TooShort(least=8)
