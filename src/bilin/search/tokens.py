"""What of a text goes into the index, and what of a query has to be there: pieces of normal text, as keyed numbers.

| of | in the index | asked of a term |
| --- | --- | --- |
| Chinese, and what has no blanks | every sign, every two neighbours | every two neighbours, or the only sign |
| words, numbers, codes | every three neighbours; the first two; one alone | the same where the term is sure of it |
| signs (℃, 😀, +) | every sign | every sign |

So every text that holds a term has all pieces of the term; what has them and does not hold it is left out when it is
read. What begins with one or two letters is looked for where a word begins, since that is all the index knows of it.
"""

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from operator import add
from typing import Final

import regex

from bilin.core.crypto import SearchKey

UNSPACED: Final = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}\p{Tibetan}\u30FC\u3005"
)
LETTER: Final = rf"[[\p{{L}}\p{{N}}\p{{M}}\p{{Co}}]--[{UNSPACED}]]"
"""What words, numbers and codes are made of."""
_RUNS = regex.compile(rf"(?P<word>{LETTER}+)|(?P<unspaced>[{UNSPACED}]+)|(?P<sign>\p{{S}})", regex.V1)
TEXT, SCOPE, SENDER, TRAIT = b"text", b"scope", b"sender", b"trait"
"""Domains of tokens: the same number never stands for two of them on purpose."""
MAX_CACHED: Final = 200_000


def pieces_of(text: str) -> set[str]:
    """All pieces of a normal text."""
    found: set[str] = set()
    for word, unspaced, sign in _RUNS.findall(text):
        if unspaced:
            found.update(unspaced)
            found.update(map(add, unspaced, unspaced[1:]))
        elif len(word) > 1:
            found.update(_pieces_of_word(word))
        else:
            found.add(word or sign)
    return found


@lru_cache(maxsize=16_384)
def _pieces_of_word(word: str) -> Collection[str]:
    """Of a word of two letters or more."""
    return [word[:2], *_neighbours(word, 3)]


def pieces_asked(term: str) -> set[str]:
    """The pieces that every text has which holds this normal term; none of a term of mere punctuation."""
    sure, unsure = _asked(term)
    return sure or unsure


def is_begun(term: str) -> bool:
    """Whether a term is looked for only where a word begins: it begins with one or two letters."""
    run = _RUNS.match(term)
    return run is not None and bool(run["word"]) and len(run[0]) <= 2


def is_ended(term: str) -> bool:
    """Whether it is looked for only where a word ends: all that could be sure of it is one letter at its end."""
    sure, unsure = _asked(term)
    return bool(unsure) and not sure


def _asked(term: str) -> tuple[set[str], set[str]]:
    """The pieces that are sure, and the one letter at the end: a longer word may begin so."""
    sure: set[str] = set()
    unsure: set[str] = set()
    for run in _RUNS.finditer(term):
        said = run[0]
        if not run["word"]:
            sure.update(_neighbours(said, 2) or said)
        elif len(said) > 2:
            sure.update(_neighbours(said, 3))
            sure.update([said[:2]] if run.start() else ())
        elif len(said) == 2 or run.end() < len(term):
            sure.add(said)
        else:
            unsure.add(said)
    return sure, unsure


def _neighbours(text: str, count: int) -> Iterable[str]:
    return [text[at : at + count] for at in range(len(text) - count + 1)]


class Tokens:
    """Pieces, scopes, senders and traits as numbers. Bounded: what is asked for often is remembered."""

    def __init__(self, key: SearchKey) -> None:
        self._key = key
        self._piece = lru_cache(maxsize=MAX_CACHED)(lambda piece: key.token(TEXT, piece.encode()))
        self._of = lru_cache(maxsize=MAX_CACHED)(lambda domain, name: key.token(domain, name.encode()))

    def pieces(self, pieces: Iterable[str]) -> Iterator[int]:
        """Of a text."""
        return map(self._piece, pieces)

    def scope(self, scope: int) -> int:
        """Of a conversation."""
        return self._of(SCOPE, str(scope))

    def sender(self, person: int) -> int:
        """Of who said it."""
        return self._of(SENDER, str(person))

    def trait(self, trait: str) -> int:
        """Of what it has, or whom it calls."""
        return self._of(TRAIT, trait)
