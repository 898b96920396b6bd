"""How each Chinese character may be read: pypinyin's dictionary, and the readings that family names have beside it.

The browser has the same table (`tools/readings.py` writes it), so that both find the same by sound.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from typing import Final

from unicodedata2 import normalize

from bilin.org.family_names import COMPOUND, RARE, SINGLE

TONES: Final = re.compile("[\u0300\u0301\u0304\u030c]")
MAX_FORMS: Final = 48
"""So many ways to read a name are kept whole; of one with more, each character's other readings one at a time."""
SPELLINGS: Final = {"lv": ("lv", "lu", "lyu"), "nv": ("nv", "nu", "nyu"), "lve": ("lve", "lue"), "nve": ("nve", "nue")}
"""What people type for ü, which no keyboard has."""


@cache
def _dictionary() -> dict[int, str]:
    from pypinyin.pinyin_dict import pinyin_dict

    return dict(pinyin_dict)


@cache
def _of_family_names() -> dict[str, list[str]]:
    known: dict[str, list[str]] = {char: [reading] for char, reading in SINGLE.items()}
    for chars, readings in COMPOUND.items():
        for char, reading in zip(chars, readings, strict=True):
            known.setdefault(char, []).append(reading)
    for char, more in RARE.items():
        known.setdefault(char, []).extend(more)
    return known


@lru_cache(maxsize=8192)
def readings(char: str) -> tuple[str, ...]:
    """Every reading of a character without tones, the most common first; ü written v. None of what is not Chinese."""
    marked = _dictionary().get(ord(char), "")
    plain = (_without_tone(reading) for reading in marked.split(",") if reading)
    return tuple(dict.fromkeys((*plain, *_of_family_names().get(char, ()))))


def spellings(reading: str) -> tuple[str, ...]:
    """The ways to type one reading."""
    return SPELLINGS.get(reading, (reading,))


def ways(parts: list[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """The ways to say a name whose parts may each be said so: all of them while they are few."""
    count = 1
    for options in parts:
        count *= len(options)
    if count <= MAX_FORMS:
        yield from product(*parts)
        return
    usual = tuple(options[0] for options in parts)
    yield usual
    for place, options in enumerate(parts):
        for other in options[1:]:
            yield (*usual[:place], other, *usual[place + 1 :])


def _without_tone(reading: str) -> str:
    bare = TONES.sub("", normalize("NFD", reading))
    return str(normalize("NFC", bare)).replace("ü", "v").replace("ê", "e")
