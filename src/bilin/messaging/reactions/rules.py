"""Pure rules on emoji."""

from bilin.core.characters import is_emoji
from bilin.core.errors import Invalid
from bilin.core.reasons import Reason

MAX_EMOJI_CHARS = 16
MAX_EMOJI_PER_MESSAGE = 50


class NotOneEmoji(Reason, frozen=True, tag="not_one_emoji"):
    """A reaction is one emoji, no words."""

    text = "one emoji"


def check_emoji(emoji: str) -> str:
    """One emoji, made of as many code points as it takes. Raises `Invalid` for words."""
    if len(emoji) > MAX_EMOJI_CHARS or not is_emoji(emoji):
        raise Invalid(reasons={"emoji": NotOneEmoji()})
    return emoji
