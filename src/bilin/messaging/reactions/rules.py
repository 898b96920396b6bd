"""Pure rules on emoji."""

from bilin.core.characters import is_emoji
from bilin.core.errors import Invalid

MAX_EMOJI_CHARS = 16
MAX_EMOJI_PER_MESSAGE = 50


def check_emoji(emoji: str) -> str:
    """One emoji, made of as many code points as it takes. Raises `Invalid` for words."""
    if len(emoji) > MAX_EMOJI_CHARS or not is_emoji(emoji):
        raise Invalid(details={"fields": {"emoji": "one emoji"}})
    return emoji
