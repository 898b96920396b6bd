"""What a text is found by: pieces, and where a term stands in it. What holds a term has its pieces, always."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.crypto import SearchKey
from bilin.search.normal import normal, normal_with_places
from bilin.search.terms import Term, marks_in
from bilin.search.tokens import SCOPE, TEXT, pieces_asked, pieces_of

SIGNS = st.sampled_from("我们今天仓库冷凝水后後臺台aAbBéß1290-_./ 　２Ｈ。，？℃😀ﬃ½がｶﾞ한국กา\u0301")
TEXTS = st.text(SIGNS, max_size=30)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("ＨＴ－２０２４", "看 ht-2024 吧"),
        ("後臺", "后台挂了"),
        ("后台", "後臺掛了"),
        ("CAFÉ", "un cafe, svp"),
        ("冷凝水", "又有冷凝水了"),
        ("水", "冷凝水"),
        ("arbou", "the HARBOUR"),
        ("2024-01", "HT-2024-0192"),
        ("0192", "HT-2024-0192"),
        ("号库", "2 号库"),
        ("2号库a", "在 2 号库 A 区"),
        ("-25 ℃", "按 -25 °C 算"),
        ("項目A", "项目a组"),
    ],
)
def test_a_term_is_found(typed: str, said: str) -> None:
    term = Term.of(typed)
    assert term.is_in(normal(said))
    assert term.pieces <= pieces_of(normal(said))


@pytest.mark.parametrize(
    ("typed", "said"),
    [("ar", "harbour"), ("a", "an"), ("2", "12 号"), ("号库", "号 库"), ("1.5", "11.5"), ("草稿", "稿草")],
)
def test_a_term_is_not_found(typed: str, said: str) -> None:
    """One or two letters are looked for where a word begins; one alone is a word."""
    assert not Term.of(typed).is_in(normal(said))


@given(TEXTS, TEXTS, TEXTS)
def test_what_holds_a_term_has_its_pieces(before: str, said: str, after: str) -> None:
    term, text = Term.of(said), normal(before + said + after)
    if term.is_in(text):
        assert term.pieces <= pieces_of(text)


@given(TEXTS)
def test_places_lead_back_to_what_was_written(text: str) -> None:
    folded, places = normal_with_places(text)
    assert folded == normal(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)


@given(TEXTS, TEXTS)
def test_marks_lie_in_the_text_and_apart(text: str, said: str) -> None:
    written = normal(text)
    marks = marks_in([Term.of(said)], written)
    assert all(0 <= start < end <= len(written) for start, end in marks)
    assert all(one[1] < other[0] for one, other in pairwise(marks))
    assert bool(marks) == Term.of(said).is_in(written)


def test_marks_with_blanks_between_are_one() -> None:
    terms = [Term.of("2"), Term.of("号库"), Term.of("冷凝水")]
    assert marks_in(terms, "2 号库 南墙 冷凝水") == [(0, 4), (8, 11)]


def test_a_mark_covers_whole_signs() -> None:
    assert marks_in([Term.of("ff")], "ﬀ") == [(0, 1)]
    assert marks_in([Term.of("臺")], "後台") == [(1, 2)]


def test_marks_alone_ask_for_nothing() -> None:
    assert pieces_asked("？！") == set()


def test_numbers_depend_on_key_and_domain() -> None:
    one, other = SearchKey(b"1" * 32), SearchKey(b"2" * 32)
    assert one.token(TEXT, b"17") == SearchKey(b"1" * 32).token(TEXT, b"17")
    assert len({one.token(TEXT, b"17"), one.token(SCOPE, b"17"), other.token(TEXT, b"17")}) == 3
    assert all(-(1 << 31) <= one.token(TEXT, bytes([each])) < 1 << 31 for each in range(200))
