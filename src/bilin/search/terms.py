"""Terms: the words and phrases of a query, and where a text holds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex

from bilin.search.normal import normal, normal_with_places
from bilin.search.tokens import LETTER, UNSPACED, is_begun, is_ended, pieces_asked

_BETWEEN = regex.compile(rf"(?<=[{UNSPACED}])(?={LETTER})|(?<={LETTER})(?=[{UNSPACED}])", regex.V1)


@dataclass(frozen=True)
class Term:
    """One word, or several in quotes; normal."""

    said: str
    is_phrase: bool = False
    """In a word a blank between Chinese and other letters makes no difference: 2号库 is 2 号库."""

    @staticmethod
    def of(typed: str, *, is_phrase: bool = False) -> "Term":
        """What was typed."""
        return Term(" ".join(normal(typed).split()), is_phrase)

    @cached_property
    def pieces(self) -> frozenset[str]:
        """What every text that holds it has."""
        return frozenset(pieces_asked(self.said))

    @cached_property
    def _pattern(self) -> "regex.Pattern[str]":
        before = rf"(?<!{LETTER})" if is_begun(self.said) else ""
        after = rf"(?!{LETTER})" if is_ended(self.said) else ""
        parts = [self.said] if self.is_phrase else _BETWEEN.split(self.said)
        return regex.compile(before + " ?".join(map(regex.escape, parts)) + after, regex.V1)

    def is_in(self, text: str) -> bool:
        """Whether a normal text holds it."""
        return bool(self.said) and self._pattern.search(text) is not None

    def places_in(self, text: str) -> list[tuple[int, int]]:
        """Where: from, up to."""
        return [found.span() for found in self._pattern.finditer(text)] if self.said else []


def hold_all(terms: Iterable[Term], text: str) -> bool:
    """Whether a normal text holds every one."""
    return all(term.is_in(text) for term in terms)


def marks_in(terms: Sequence[Term], text: str) -> list[tuple[int, int]]:
    """Where a text that is `composed`, as it is written, holds any of them: in order, apart from each other. What
    stands beside each other, or with blanks alone between, is one mark."""
    said, places = normal_with_places(text)
    spans = sorted(
        (places[start], _end(places, end)) for term in terms for start, end in term.places_in(said) if end > start
    )
    marks: list[tuple[int, int]] = []
    for start, end in spans:
        if marks and (start <= marks[-1][1] or text[marks[-1][1] : start].isspace()):
            marks[-1] = (marks[-1][0], max(marks[-1][1], end))
        else:
            marks.append((start, end))
    return marks


def _end(places: Sequence[int], end: int) -> int:
    """Where the last sign ends: one sign may have become several (½ → 1⁄2)."""
    last = places[end - 1]
    return next(place for place in places[end:] if place > last)
