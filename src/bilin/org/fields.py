"""What the facts of units and people may be: each rule returns the value as it is stored, or says why not."""

import re

from bilin.core.characters import compatible, has_letter, is_blank, shown_only, tidy

MAX_NAME_CHARS = 64
MAX_UNIT_NAME_CHARS = 80
MAX_TITLE_CHARS = 100
MAX_EMAIL_CHARS = 254
MAX_PHONE_CHARS = 40
RANK_LIMIT = 1_000_000

_EMAIL = re.compile(r"[^\s@<>\"(),:;\[\]\\]+@[^\s@<>\"(),:;\[\]\\]+")
_PHONE = re.compile(r"[0-9+()\-*#./ ]*(?:(?:ext\.?|x|转) ?[0-9]+)?")


def person_name(text: str) -> str:
    """The name of a person: any script, at least one letter."""
    return _name(text, MAX_NAME_CHARS)


def unit_name(text: str) -> str:
    """The name of a unit. A slash separates units where they are written as a path, so it is none of the name."""
    name = _name(text, MAX_UNIT_NAME_CHARS)
    if "/" in name:
        raise ValueError("may not contain /")
    return name


def title(text: str) -> str:
    """What somebody does: free text, may be empty."""
    tidied = tidy(text)
    if len(tidied) > MAX_TITLE_CHARS:
        raise ValueError(f"at most {MAX_TITLE_CHARS} characters")
    return "" if is_blank(tidied) else tidied


def email(text: str) -> str:
    """An e-mail address (RFC 5321 length), or empty. Only its shape is checked: no message is sent."""
    tidied = shown_only(compatible(text))
    if tidied and (len(tidied) > MAX_EMAIL_CHARS or not _EMAIL.fullmatch(tidied)):
        raise ValueError("is not an e-mail address")
    return tidied


def phone(text: str) -> str:
    """A telephone number as people write it, or empty."""
    tidied = shown_only(compatible(text))
    if len(tidied) > MAX_PHONE_CHARS or not _PHONE.fullmatch(tidied):
        raise ValueError("is not a telephone number")
    return tidied


def rank(number: int) -> int:
    """The place among the units below the same one: lower comes first."""
    if not -RANK_LIMIT <= number <= RANK_LIMIT:
        raise ValueError(f"from -{RANK_LIMIT} to {RANK_LIMIT}")
    return number


def _name(text: str, limit: int) -> str:
    name = tidy(text)
    if not has_letter(name):
        raise ValueError("needs at least one letter")
    if len(name) > limit:
        raise ValueError(f"at most {limit} characters")
    return name
