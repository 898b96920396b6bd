"""What the facts of units and people may be: each rule returns the value as it is stored, or says why not."""

import re

from bilin.core.characters import compatible, has_letter, is_blank, shown_only, tidy
from bilin.core.reasons import NoLetter, OutOfRange, Reason, TooLong, Wrong

MAX_NAME_CHARS = 64
MAX_UNIT_NAME_CHARS = 80
MAX_TITLE_CHARS = 100
MAX_EMAIL_CHARS = 254
MAX_PHONE_CHARS = 40
RANK_LIMIT = 1_000_000

_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+")
_PHONE = re.compile(r"[0-9+()\-*#./ ]*(?:(?:ext\.?|x|转) ?[0-9]+)?")


class Slash(Reason, frozen=True, tag="slash"):
    """The name of a unit with the sign that separates units in a path."""

    text = "may not contain /"


class NotAnEmail(Reason, frozen=True, tag="not_an_email"):
    """It does not have the shape of an address."""

    text = "is not an e-mail address"


class NotATelephone(Reason, frozen=True, tag="not_a_telephone"):
    """It has other signs than telephone numbers have."""

    text = "is not a telephone number"


def person_name(text: str) -> str:
    """The name of a person: any script, at least one letter."""
    return _name(text, MAX_NAME_CHARS)


def unit_name(text: str) -> str:
    """The name of a unit. A slash separates units where they are written as a path, so it is none of the name."""
    name = _name(text, MAX_UNIT_NAME_CHARS)
    if "/" in name:
        raise Wrong(Slash())
    return name


def title(text: str) -> str:
    """What somebody does: free text, may be empty."""
    tidied = tidy(text)
    if len(tidied) > MAX_TITLE_CHARS:
        raise Wrong(TooLong(most=MAX_TITLE_CHARS))
    return "" if is_blank(tidied) else tidied


def email(text: str) -> str:
    """An e-mail address (RFC 5321 length), or empty. Only its shape is checked: no message is sent."""
    tidied = shown_only(compatible(text))
    if tidied and (len(tidied) > MAX_EMAIL_CHARS or not _EMAIL.fullmatch(tidied)):
        raise Wrong(NotAnEmail())
    return tidied


def phone(text: str) -> str:
    """A telephone number as people write it, or empty."""
    tidied = shown_only(compatible(text))
    if len(tidied) > MAX_PHONE_CHARS or not _PHONE.fullmatch(tidied):
        raise Wrong(NotATelephone())
    return tidied


def rank(number: int) -> int:
    """The place among the units below the same one: lower comes first."""
    if not -RANK_LIMIT <= number <= RANK_LIMIT:
        raise Wrong(OutOfRange(least=-RANK_LIMIT, most=RANK_LIMIT))
    return number


def _name(text: str, limit: int) -> str:
    name = tidy(text)
    if not has_letter(name):
        raise Wrong(NoLetter())
    if len(name) > limit:
        raise Wrong(TooLong(most=limit))
    return name
