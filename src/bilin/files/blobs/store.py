"""Where blobs lie: a folder of this site, or any S3, behind one small port.

A blob is put once, whole, under a name that says what it is, and never changed. What lies here is sealed: a store
learns sizes and times, and nothing else.
"""

from collections.abc import AsyncIterator
from pathlib import Path

from bilin.core.errors import Unavailable


class StoreAway(Unavailable):
    """The store does not answer."""

    code = "files.store_away"
    title = "The place where files are kept does not answer"
    hint = "Try again in a moment. If it stays so, the administrator looks at `bilin doctor`."
    retry_after_s = 5


class Store:
    """All that is asked raises `StoreAway` when it does not answer."""

    async def put(self, name: str, source: Path, *, anew: bool = False) -> None:
        """Take in a file that is whole and on disk, without having it in memory. It stays where it is; when this
        returns the blob is as safe as it gets. A blob of this name that is there already is the same; `anew`: it is
        damaged, and replaced at once."""
        raise NotImplementedError

    async def read(self, name: str, start: int, end: int) -> bytes:
        """Some of its bytes. Raises `FileNotFoundError`, also when it ends before them."""
        raise NotImplementedError

    async def size(self, name: str) -> int | None:
        """How large it is; None: it is not here."""
        raise NotImplementedError

    async def delete(self, name: str) -> None:
        """Let it be gone, also when it was not there."""
        raise NotImplementedError

    def listed(self) -> AsyncIterator[list[tuple[str, int]]]:
        """All blobs page by page, with their sizes. What has no name of a blob is nobody's business here."""
        raise NotImplementedError


def path_of(name: str) -> str:
    """Where a blob lies: in one of 256 folders. Raises `ValueError` for what is no name of a blob."""
    if not is_name(name):
        raise ValueError(f"{name!r} is no name of a blob")
    return f"{name[:2]}/{name}"


def is_name(name: str) -> bool:
    """Whether it is the SHA-256 of something in hexadecimal digits."""
    return len(name) == 64 and all(sign in "0123456789abcdef" for sign in name)
