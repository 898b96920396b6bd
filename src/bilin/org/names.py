"""How names sound, sort and are found: pinyin in full and as initials, with the readings that family names have.

Pure functions on text; the dictionary is pypinyin's, which is loaded once and needs no network.
"""

from collections.abc import Callable
from functools import cache, lru_cache
from typing import Protocol

from bilin.core.characters import compatible, fold, has_letter, is_ideograph
from bilin.org.family_names import COMPOUND, SINGLE


class Reader(Protocol):
    """pypinyin's `lazy_pinyin`: a syllable for each Chinese character, and what `errors` makes of all else."""

    def __call__(self, hans: str, *, errors: Callable[[str], str] = ...) -> list[str]: ...


@cache
def reader() -> Reader:
    """The dictionary. It takes some time and 40 MB: the web process, which applies facts, loads it when it starts; the
    others never need it."""
    from pypinyin import lazy_pinyin

    return lazy_pinyin


def _syllables(name: str) -> list[str]:
    """One entry for each Chinese character and for each run of other letters; spaces and signs separate."""
    text = compatible(name)
    family: tuple[str, ...] = COMPOUND.get(text[:2], ())
    if not family and text[:1] in SINGLE and is_ideograph(text[1:].lstrip()[:1]):
        family = (SINGLE[text[0]],)
    parts = reader()(text[len(family) :], errors=_words)
    return [*family, *(word for part in parts for word in part.split())]


def _words(text: str) -> str:
    """What pypinyin does not read: letters and digits stay, everything else separates."""
    return "".join(char if has_letter(char) else " " for char in text).casefold()


@lru_cache(maxsize=4096)
def spell(name: str) -> tuple[str, str]:
    """Pinyin and initials of a name: 张伟 → ("zhang wei", "zw"). Both empty for a name without Chinese."""
    if not any(map(is_ideograph, name)):
        return "", ""
    syllables = _syllables(name)
    return " ".join(syllables), "".join(syllable[0] for syllable in syllables)


def sort_key(name: str) -> str:
    """What a person's name sorts by: Chinese by sound, other names by their letters, equals by the name itself."""
    pinyin, _ = spell(name)
    return f"{pinyin or fold(name)}\x01{name}"


def unit_sort_key(name: str) -> str:
    """The same for the name of a unit, in which no family name is read."""
    return f"{' '.join(reader()(fold(name)))}\x01{name}"
