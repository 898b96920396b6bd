"""The query language: both languages, any width, and what is refused with which reason."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bilin.core.errors import Invalid
from bilin.core.reasons import Reason, TooLong, TooMany
from bilin.search.dates import first_id_of
from bilin.search.errors import NoSuchDay, NoSuchValue, NothingToFind, NoValue
from bilin.search.parsing import MAX_CHARS, Part, parse
from bilin.search.terms import Term
from bilin.search.words import FILTERS, KINDS, TRAITS, SearchFilter


def test_words_phrases_and_minus() -> None:
    query = parse('合同 "exact  phrase" -draft －"old one"')
    assert [term.said for term in query.terms] == ["合同", "exact phrase"]
    assert [term.said for term in query.without] == ["draft", "old one"]
    assert query.text == "合同 exact  phrase"


@pytest.mark.parametrize("marks", ['""', "“”", "「」", "『』", "＂＂", '"', "“"])
def test_any_quotes_make_a_phrase(marks: str) -> None:
    assert parse(f"{marks[0]}2 号库{marks[1:]}").terms == (Term("2 号库", is_phrase=True),)


@pytest.mark.parametrize(("name", "written"), [(name, each) for name, names in FILTERS.items() for each in names])
def test_every_filter_is_known_in_both_languages(name: SearchFilter, written: str) -> None:
    value = {"has": "link", "type": "message"}.get(name, "2026-11-30")
    for typed in (f"{written}:{value}", f"{written.upper()}：“{value}”"):
        assert parse(typed).filters == (Part(name, value, False),)
    assert parse(f"-{written}:{value}").filters == (Part(name, value, True),)


def test_every_value_is_known_in_both_languages() -> None:
    for trait, names in TRAITS.items():
        assert all(parse(f"has:{each}").traits() == [trait] for each in names)
    for kind, names in KINDS.items():
        assert all(parse(f"type:{each}").kinds() == {kind} for each in names)


@pytest.mark.parametrize("written", ["https://x.example/a?b=c", "10:30", "foo:bar", "HT-2024-0192", "a:b"])
def test_what_only_looks_like_a_filter_is_a_word(written: str) -> None:
    query = parse(written)
    assert (query.terms, query.filters) == ((Term.of(written),), ())


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("", NothingToFind()),
        ("？！ ……", NothingToFind()),
        ("-draft", NothingToFind()),
        ("from:", NoValue(filter="from")),
        ('in:""', NoValue(filter="in")),
        ("before:soon", NoSuchDay(written="soon")),
        ("晚于：2026-02-30", NoSuchDay(written="2026-02-30")),
        ("has:gold", NoSuchValue(filter="has", written="gold", values=", ".join(TRAITS))),
        ("type:gold", NoSuchValue(filter="type", written="gold", values=", ".join(KINDS))),
        ("x" * (MAX_CHARS + 1), TooLong(most=MAX_CHARS)),
        ("a " * 21, TooMany(most=20)),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(written: str, reason: Reason) -> None:
    with pytest.raises(Invalid) as refused:
        parse(written)
    assert refused.value.details["reasons"] == {"q": reason}


@pytest.mark.parametrize("written", ["2026-11-30", "2026/11/30", "2026年11月30日", "2026.11.30"])
def test_days_as_people_write_them(written: str) -> None:
    query = parse(f"after:{written}")
    assert query.values("after") == [written]


def test_days_begin_by_the_clock_of_who_asks() -> None:
    east, west = first_id_of(date(2026, 11, 30), 480), first_id_of(date(2026, 11, 30), -60)
    assert west - east == (9 * 3_600_000) << 22


@given(st.text(max_size=60))
def test_anything_is_read_or_refused(written: str) -> None:
    try:
        query = parse(written)
    except Invalid as refused:
        reasons = refused.details["reasons"]
    else:
        reasons = {"q": None}
        assert query.terms or query.filters
    assert set(reasons) == {"q"}
