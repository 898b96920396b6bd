"""What the process that looks at a picture says of it."""

import msgspec

TOO_LARGE, UNREADABLE, NO_LOCK = "too_large", "unreadable", "no_lock"


class Made(msgspec.Struct, frozen=True, array_like=True):
    """What became of a picture."""

    trouble: str = ""
    """Why there is no preview; empty: there is one."""
    width: int = 0
    height: int = 0
    """Of the picture, turned as it says."""
    preview: bytes = b""
    """WebP of at most so many pixels on its longer side, without anything beside what it shows."""
