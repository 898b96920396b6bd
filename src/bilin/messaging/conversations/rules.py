"""Pure rules on titles."""

from bilin.core.characters import is_blank, tidy
from bilin.core.errors import Invalid

MAX_TITLE_CHARS = 100


def check_title(title: str) -> str:
    """The title of a group as it is stored. Raises `Invalid`."""
    try:
        title = tidy(title)
    except ValueError as error:
        raise Invalid(details={"fields": {"title": str(error)}}) from None
    if is_blank(title) or len(title) > MAX_TITLE_CHARS:
        raise Invalid(details={"fields": {"title": f"1 to {MAX_TITLE_CHARS} characters"}})
    return title
