"""What a password must be: long enough, and nothing that is guessed first (OWASP ASVS 5.0, 6.2; NIST SP 800-63B).

Nothing is asked of its composition. Refused are the most common passwords, also with digits or signs around them; runs
of the keyboard and repetitions; and what is made of words that everybody knows of the person: names, login, company,
product. The browser client knows the same rules (web/src/features/sign-in/password/weakness.ts), to tell before it
sends.
"""

import re
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from bilin.core.characters import compatible
from bilin.core.reasons import Reason, TooLong, TooShort, Wrong
from bilin.org import spell

MIN_CHARS, MAX_CHARS = 8, 256
PRODUCT = ("bilin", "比邻")
ROWS = ("abcdefghijklmnopqrstuvwxyz", "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb")
LINES = (*ROWS, *(row[::-1] for row in ROWS))
SPELT = str.maketrans("013457@$!", "oleastasi")
RUN_CHARS = 3
MAX_RUNS = 3
MAX_PERIOD = 4
WORD_CHARS = 3
"""Shorter words of Latin letters stand in too many passwords; a Chinese name has two characters."""


class TooCommon(Reason, frozen=True, tag="too_common"):
    """It is on the list of common passwords."""

    text = "is one of the most common passwords"


class TooRegular(Reason, frozen=True, tag="too_regular"):
    """It is a run of the keyboard, or repeats itself."""

    text = "is a run of keys or a repetition"


class TooPersonal(Reason, frozen=True, tag="too_personal"):
    """It is made of words that everybody knows of the person."""

    text = "is made of names that others know"


def normal(password: str) -> str:
    """The same password, however a keyboard composes its letters (NIST SP 800-63B, 3.1.1.2)."""
    return compatible(password)


def check_password(password: str, own: Iterable[str] = (), min_chars: int = MIN_CHARS) -> str:
    """The password, as it was given. `own`: names that others guess first. Raises `Wrong`."""
    if len(normal(password)) < min_chars:
        raise Wrong(TooShort(least=min_chars))
    if len(password) > MAX_CHARS:
        raise Wrong(TooLong(most=MAX_CHARS))
    folded = _fold(password)
    if _is_common(folded):
        raise Wrong(TooCommon())
    if _is_regular(folded):
        raise Wrong(TooRegular())
    if _is_personal(folded, own):
        raise Wrong(TooPersonal())
    return password


@cache
def common_passwords() -> frozenset[str]:
    """The list that is shipped, folded."""
    text = files("bilin.identity").joinpath("common-passwords.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("# "))


def _fold(text: str) -> str:
    return normal(normal(text).casefold())


def _is_common(folded: str) -> bool:
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    behind = re.sub(r"[\W\d_]+$", "", folded)
    forms = {folded, folded.translate(SPELT), core, core.translate(SPELT), behind.translate(SPELT)}
    return not common_passwords().isdisjoint(forms)


def _is_regular(folded: str) -> bool:
    for period in range(1, MAX_PERIOD + 1):
        if all(char == folded[at % period] for at, char in enumerate(folded)):
            return True
    runs, at = 0, 0
    while at < len(folded):
        length = _run_at(folded, at)
        if length < RUN_CHARS:
            return False
        runs, at = runs + 1, at + length
    return runs <= MAX_RUNS


def _run_at(text: str, at: int) -> int:
    """How many characters from `at` on are guessed with the first: the same again, or a run of the keyboard."""
    longest = len(text[at:]) - len(text[at:].lstrip(text[at]))
    for line in LINES:
        length = longest + 1
        while at + length <= len(text) and text[at : at + length] in line:
            longest, length = length, length + 1
    return longest


def _is_personal(folded: str, own: Iterable[str]) -> bool:
    rest = folded
    for word in sorted(_words((*own, *PRODUCT)), key=len, reverse=True):
        rest = rest.replace(word, " ")
    return rest != folded and sum(char.isalpha() for char in rest) < WORD_CHARS


def _words(names: Iterable[str]) -> set[str]:
    """Each name as it is, its parts, and how a Chinese one is spelt."""
    words: set[str] = set()
    for name in names:
        folded, (pinyin, _) = _fold(name), spell(name)
        for form in (folded, pinyin):
            parts = re.split(r"[\W_]+", form)
            words |= {form, "".join(parts), "".join(reversed(parts)), *parts}
    return {word for word in words if len(word) >= (WORD_CHARS if word.isascii() else 2)}
