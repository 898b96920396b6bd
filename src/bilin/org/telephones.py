"""Telephone numbers as they are compared: whole, however they are written, with the country or without."""

import re
from typing import Final, NamedTuple

CALLING_CODES: Final = frozenset(
    {"1", "7", "20", "27", "39", "86", "852", "853", "855", "856", "880", "886", "960", "971", "972", "974"}
    | {str(code) for code in (*range(30, 35), 36, *range(40, 42), *range(43, 50), *range(51, 59), *range(60, 67))}
    | {str(code) for code in (81, 82, 84, *range(90, 96), 98)}
)
"""Calling codes (ITU-T E.164): all of one and two digits, of those of three the ones where Bilin's companies are."""
DIALLED: Final = re.compile(r"[0-9+()\-*./ ]*")
MIN_DIGITS: Final = 3
EXTENSION: Final = re.compile(r"(?:ext\.?|x|转|#|,).*$", re.IGNORECASE)


class Meant(NamedTuple):
    """The digits of a number as they may be stored: with a country in front, or without."""

    abroad: list[str]
    inland: list[str]


def numbers_meant(text: str) -> Meant:
    """What somebody means who writes a number whole; nothing for what is no number. A part of it finds nobody."""
    number = EXTENSION.sub("", text)
    digits = "".join(char for char in number if char.isascii() and char.isdigit())
    if len(digits) < MIN_DIGITS or not DIALLED.fullmatch(number):
        return Meant([], [])
    if not number.lstrip().startswith(("+", "00")):
        return Meant([code + digits.removeprefix("0") for code in CALLING_CODES], [digits])
    whole = digits.lstrip("0")
    inland = [whole.removeprefix(code) for code in CALLING_CODES if whole.startswith(code)]
    return Meant([whole], [*inland, *(f"0{part}" for part in inland)])
