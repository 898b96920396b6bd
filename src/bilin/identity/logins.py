"""Logins: what people type to say who they are. Compared without regard to case and width."""

from bilin.core.characters import compatible, is_letter_of_login

MAX_CHARS = 64
SIGNS = "._-@+"


def fold_login(text: str) -> str:
    """A login as it is stored and compared; folding it again changes nothing. The database takes no NUL."""
    return compatible(compatible(text.replace("\0", " ")).casefold()).strip()


def login(text: str) -> str:
    """The login as it is stored. Raises `ValueError(reason)`."""
    folded = fold_login(text)
    if not 1 <= len(folded) <= MAX_CHARS:
        raise ValueError(f"1 to {MAX_CHARS} characters")
    letters = [char for char in folded if is_letter_of_login(char)]
    if not letters or any(char not in SIGNS for char in set(folded).difference(letters)):
        raise ValueError(f"letters, digits and {' '.join(SIGNS)} only")
    return folded
