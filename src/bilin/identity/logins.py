"""Logins: what people type to say who they are. Compared without regard to case and width."""

from bilin.core.characters import compatible, is_letter_of_login
from bilin.core.reasons import Reason, Wrong, WrongLength

MAX_CHARS = 64
SIGNS = "._-@+"


class WrongSigns(Reason, frozen=True, tag="wrong_signs"):
    """A login of other signs than letters, digits and a few more."""

    text = "letters, digits and {signs} only"
    signs: str


def fold_login(text: str) -> str:
    """A login as it is stored and compared; folding it again changes nothing. The database takes no NUL."""
    return compatible(compatible(text.replace("\0", " ")).casefold()).strip()


def login(text: str) -> str:
    """The login as it is stored. Raises `Wrong`."""
    folded = fold_login(text)
    if not 1 <= len(folded) <= MAX_CHARS:
        raise Wrong(WrongLength(least=1, most=MAX_CHARS))
    letters = [char for char in folded if is_letter_of_login(char)]
    if not letters or any(char not in SIGNS for char in set(folded).difference(letters)):
        raise Wrong(WrongSigns(signs=" ".join(SIGNS)))
    return folded
