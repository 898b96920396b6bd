"""What text is made of. The browser is held to the same cases: web/src/characters/characters.test.ts."""

import json
import unicodedata
from pathlib import Path

import pytest
import unicodedata2

from bilin.core import characters

CASES = json.loads(Path(__file__).with_name("characters.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "stored"), CASES["tidy"])
def test_names_are_stored_as_they_were_typed(typed: str, stored: str) -> None:
    assert characters.tidy(typed) == stored
    assert characters.tidy(stored) == stored


@pytest.mark.parametrize(("typed", "sign"), CASES["hidden"])
def test_what_nobody_sees_in_a_name_is_refused_and_named(typed: str, sign: str) -> None:
    with pytest.raises(ValueError, match=f"may not contain {sign.replace('+', '.')}, which does not show"):
        characters.tidy(typed)


@pytest.mark.parametrize("text", CASES["blank"])
def test_blank_is_what_nobody_would_see(text: str) -> None:
    assert characters.is_blank(text)


@pytest.mark.parametrize("text", CASES["shown"])
def test_and_nothing_else(text: str) -> None:
    assert not characters.is_blank(text)


def test_letters_of_names() -> None:
    assert [text for text in CASES["letter"] if not characters.has_letter(text)] == []
    assert [text for text in CASES["noLetter"] if characters.has_letter(text)] == []


def test_emoji_are_emoji() -> None:
    assert [text for text in CASES["emoji"] if not characters.is_emoji(text)] == []
    assert [text for text in CASES["noEmoji"] if characters.is_emoji(text)] == []


@pytest.mark.parametrize(("text", "folded"), CASES["fold"])
def test_width_case_and_accents_make_no_difference(text: str, folded: str) -> None:
    assert characters.fold(text) == folded
    assert characters.fold(folded) == folded


@pytest.mark.parametrize(("text", "squashed"), CASES["squashed"])
def test_blanks_and_dots_make_no_difference_to_who_looks_for_it(text: str, squashed: str) -> None:
    assert characters.squashed(text) == squashed


def test_the_data_is_newer_than_that_of_the_oldest_interpreter() -> None:
    assert [int(part) for part in unicodedata2.unidata_version.split(".")] >= [17, 0, 0]
    assert characters.has_letter("\U000323b0")
    assert unicodedata2.unidata_version >= unicodedata.unidata_version
