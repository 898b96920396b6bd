"""Pure rules on titles, emoji and numbers of people."""

import unicodedata
from collections.abc import Sequence

from bilin.core.errors import Invalid
from bilin.core.ids import PersonId

MAX_TITLE_CHARS = 100
MAX_PEOPLE_PER_CALL = 500
MAX_EMOJI_CHARS = 16
MAX_EMOJI_PER_MESSAGE = 50
JOINING_SIGNS = frozenset({"Mn", "Me", "Cf"})
EMOJI_SIGNS = JOINING_SIGNS | {"So", "Sm", "Sk", "Nd", "Po", "Pd"}
LETTER_EMOJI = "\u2139"  # ℹ is a letter to Unicode
KEYCAP_OR_LETTER = LETTER_EMOJI + "\u20e3"


def check_title(title: str) -> str:
    """The title of a group without blanks around it. Raises `Invalid`."""
    title = " ".join(title.split())
    if not 0 < len(title) <= MAX_TITLE_CHARS or not title.isprintable():
        raise Invalid(details={"fields": {"title": f"1 to {MAX_TITLE_CHARS} characters"}})
    return title


def check_emoji(emoji: str) -> str:
    """One emoji, made of as many code points as it takes. Raises `Invalid` for words."""
    is_emoji = (
        0 < len(emoji) <= MAX_EMOJI_CHARS
        and all(char in LETTER_EMOJI or unicodedata.category(char) in EMOJI_SIGNS for char in emoji)
        and any(_is_picture(char) for char in emoji)
    )
    if not is_emoji:
        raise Invalid(details={"fields": {"emoji": "one emoji"}})
    return emoji


def _is_picture(char: str) -> bool:
    """Whether it shows by itself; a digit does so only with the sign of a key around it."""
    return char in KEYCAP_OR_LETTER or (ord(char) > 0xA8 and unicodedata.category(char) not in JOINING_SIGNS)


def check_people(people: Sequence[PersonId], field: str) -> list[PersonId]:
    """Each person once. Raises `Invalid` for too many at a time."""
    once = list(dict.fromkeys(people))
    if len(once) > MAX_PEOPLE_PER_CALL:
        raise Invalid(details={"fields": {field: f"at most {MAX_PEOPLE_PER_CALL} at a time"}})
    return once
