"""Pure rules on titles, emoji and numbers of people."""

from collections.abc import Sequence

from bilin.core.characters import is_blank, is_emoji, tidy
from bilin.core.errors import Invalid
from bilin.core.ids import PersonId

MAX_TITLE_CHARS = 100
MAX_PEOPLE_PER_CALL = 500
MAX_EMOJI_CHARS = 16
MAX_EMOJI_PER_MESSAGE = 50


def check_title(title: str) -> str:
    """The title of a group as it is stored. Raises `Invalid`."""
    try:
        title = tidy(title)
    except ValueError as error:
        raise Invalid(details={"fields": {"title": str(error)}}) from None
    if is_blank(title) or len(title) > MAX_TITLE_CHARS:
        raise Invalid(details={"fields": {"title": f"1 to {MAX_TITLE_CHARS} characters"}})
    return title


def check_emoji(emoji: str) -> str:
    """One emoji, made of as many code points as it takes. Raises `Invalid` for words."""
    if len(emoji) > MAX_EMOJI_CHARS or not is_emoji(emoji):
        raise Invalid(details={"fields": {"emoji": "one emoji"}})
    return emoji


def check_people(people: Sequence[PersonId], field: str) -> list[PersonId]:
    """Each person once. Raises `Invalid` for too many at a time."""
    once = list(dict.fromkeys(people))
    if len(once) > MAX_PEOPLE_PER_CALL:
        raise Invalid(details={"fields": {field: f"at most {MAX_PEOPLE_PER_CALL} at a time"}})
    return once
