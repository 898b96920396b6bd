"""Text as it is looked for: width, case, accents, and simplified or traditional characters make no difference.

Each sign is folded for itself (with the marks that follow it), so that what was found can be shown where it stands in
the text as it was written.
"""

from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

import regex

from bilin.core.characters import composed, fold

_MARKED = regex.compile(r"[\p{M}\uFF9E\uFF9F]", regex.V1)
_SIGNS = regex.compile(r"\P{M}[\p{M}\uFF9E\uFF9F]*|\p{M}+", regex.V1)
"""A sign with its marks; the last two are the half-width marks of Japanese syllables."""
TABLE: Final = "simplified.txt"
"""Traditional characters, and below each the simplified one: OpenCC's, written by `python -m tools.simplified`."""


@cache
def _simplified() -> dict[int, str]:
    traditional, simplified = files(__package__).joinpath(TABLE).read_text(encoding="utf-8").splitlines()[-2:]
    return {ord(one): other for one, other in zip(traditional, simplified, strict=True)}


@lru_cache(maxsize=65_536)
def _folded(sign: str) -> str:
    return " " if sign.isspace() else fold(sign).translate(_simplified())


class _Folding(dict[int, str]):
    """For `str.translate`: what single signs become, as far as they were met; Unicode bounds how many there are."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _folded(chr(code))
        return folded


_folding = _Folding()


def normal(text: str) -> str:
    """The text as it is compared."""
    text = composed(text)
    return "".join(map(_folded, _SIGNS.findall(text))) if _MARKED.search(text) else text.translate(_folding)


def normal_with_places(text: str) -> tuple[str, list[int]]:
    """The same of a text that is `composed`, and for each of its signs, and the end, where it begins in the text."""
    folded, places, at = [], [], 0
    for sign in _signs(text):
        part = _folded(sign)
        folded.append(part)
        places += [at] * len(part)
        at += len(sign)
    return "".join(folded), [*places, at]


def _signs(text: str) -> "list[str] | str":
    text = composed(text)
    return _SIGNS.findall(text) if _MARKED.search(text) else text
