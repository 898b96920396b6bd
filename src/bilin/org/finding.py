"""What people and units are found by: how their names are written, and every way they may be said."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import islice
from typing import Final

from bilin.core.characters import fold, is_ideograph, parts_of, squashed, words_of
from bilin.org.names import spell
from bilin.org.readings import readings, spellings, ways

FORM: Final = "\x03\x03"
"""Begins what is stored in this form; a change of the form takes another, and rows of the old one are made anew."""
OTHERWISE: Final = "\x02"
"""Between what a name is usually found by and what it may be called as well."""


def found_by(name: str, title: str) -> str:
    """Everything a person or unit is found by, one form a line: `search` looks for a part of a line."""
    usual, otherwise = forms_of(name)
    lines = dict.fromkeys((*usual, squashed(title), fold(title)))
    return "\n".join((FORM, *filter(None, lines), OTHERWISE, *otherwise, ""))


@lru_cache(maxsize=4096)
def forms_of(name: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The forms of a name: as it is written and usually said, and as it may be said as well."""
    words = words_of(name)
    usual = dict.fromkeys((squashed(name), fold(name)))
    if len(words) > 1:
        usual |= dict.fromkeys((*words, *_turned(words), "".join(word[0] for word in words)))
    otherwise: dict[str, None] = {}
    said = _said(name)
    for way in (
        () if not said else ways([tuple(spelt for sound in sounds for spelt in spellings(sound)) for sounds in said])
    ):
        is_usual = all(sound in spellings(sounds[0]) for sound, sounds in zip(way, said, strict=True))
        forms = dict.fromkeys(("".join(way), "".join(sound[0] for sound in way), *_turned(_by_words(way, words))))
        (usual if is_usual else otherwise).update(forms)
    return tuple(usual), tuple(form for form in otherwise if form not in usual)


def _said(name: str) -> list[tuple[str, ...]]:
    """How each part of a name may be said, the usual way first; nothing for a name without Chinese."""
    parts = parts_of(name)
    if not any(map(is_ideograph, parts)):
        return []
    usual = spell(name)[0].split()
    if len(usual) != len(parts):
        usual = [next(iter(readings(part)), part) if is_ideograph(part) else part for part in parts]
    return [
        tuple(dict.fromkeys((sound, *readings(part)))) if is_ideograph(part) else (part,)
        for sound, part in zip(usual, parts, strict=True)
    ]


def _by_words(way: Sequence[str], words: Sequence[str]) -> Sequence[str]:
    """The sounds of each word, where a name has several; else each sound."""
    if len(words) < 2:
        return way
    sounds = iter(way)
    return ["".join(islice(sounds, len(parts_of(word)))) for word in words]


def _turned(words: Sequence[str]) -> list[str]:
    """The words with the family name, of one or of two, at the end; or the last one at the front, as others have it."""
    if len(words) < 2:
        return []
    turned = [(*words[1:], words[0])]
    if len(words) == 3:
        turned.append((*words[-1:], *words[:-1]))
    if len(words) > 3:
        turned.append((*words[2:], *words[:2]))
    return ["".join(order) for order in turned]
