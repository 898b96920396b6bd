"""Logins: what people type to say who they are. Compared without regard to case and width."""

import unicodedata

MAX_CHARS = 64
SIGNS = "._-@+"


def fold_login(text: str) -> str:
    """A login as it is stored and compared; folding it again changes nothing. The database takes no NUL."""
    composed = unicodedata.normalize("NFKC", text.replace("\0", " "))
    return unicodedata.normalize("NFKC", composed.casefold()).strip()


def login(text: str) -> str:
    """The login as it is stored. Raises `ValueError(reason)`."""
    folded = fold_login(text)
    if not 1 <= len(folded) <= MAX_CHARS:
        raise ValueError(f"1 to {MAX_CHARS} characters")
    if not all(char.isalnum() or char in SIGNS for char in folded) or not any(char.isalnum() for char in folded):
        raise ValueError(f"letters, digits and {' '.join(SIGNS)} only")
    return folded
