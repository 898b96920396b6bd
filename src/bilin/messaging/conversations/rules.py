"""Pure rules on titles."""

from bilin.core.characters import is_blank, tidy
from bilin.core.errors import Invalid
from bilin.core.fields import checked
from bilin.core.reasons import WrongLength

MAX_TITLE_CHARS = 100


def check_title(title: str) -> str:
    """The title of a group as it is stored. Raises `Invalid`."""
    title = checked("title", tidy, title)
    if is_blank(title) or len(title) > MAX_TITLE_CHARS:
        raise Invalid(reasons={"title": WrongLength(least=1, most=MAX_TITLE_CHARS)})
    return title
