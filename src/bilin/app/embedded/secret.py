"""Generated passwords, each in a file of its own that only its owner may read."""

import os
import secrets
from pathlib import Path


def secret_in(path: Path) -> str:
    """The secret kept in a file (mode 0600); made on first use, flushed to disk before it is relied on."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".new")
        unfinished.unlink(missing_ok=True)
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(24))
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(path)
    return path.read_text()
