"""The log files of the embedded servers: appended to, and put aside when they have grown large."""

from pathlib import Path
from typing import IO

LARGEST_BYTES = 20_000_000


def open_log(path: Path) -> IO[bytes]:
    """Opens a log for appending; one that is too large becomes ``.old`` first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.exists() and path.stat().st_size > LARGEST_BYTES:
        path.rename(path.with_suffix(path.suffix + ".old"))
    return path.open("ab")


def last_lines(path: Path, count: int = 8) -> str:
    """The end of a log, for an error message."""
    return "\n".join(path.read_text(errors="replace").splitlines()[-count:])
