"""Where PostgreSQL's socket lies: its path may have 107 bytes only (unix(7)), so it cannot be in any data folder."""

import hashlib
import os
import tempfile
from pathlib import Path

from bilin.app.embedded.errors import EmbeddedServerFailed
from bilin.app.processes import OsUser

LONGEST_PATH = 107
SOCKET_NAME = "/.s.PGSQL.5432.lock"


def socket_folder(data: Path) -> Path:
    """A short path, the same for the same data folder."""
    name = "bilin-" + hashlib.blake2s(str(data.resolve()).encode(), digest_size=6).hexdigest()
    return next(place / name for place in _places() if len(str(place / name)) + len(SOCKET_NAME) <= LONGEST_PATH)


def make_private(folder: Path, user: OsUser | None, clients: OsUser | None = None) -> None:
    """Makes the folder, open to its owner only (0700), who is `user` or we; with `clients`, to their group too."""
    owner = user.uid if user else os.geteuid()
    try:
        folder.mkdir(mode=0o700, parents=False)
    except FileExistsError:
        _refuse_strangers(folder, {owner, os.geteuid()})
    folder.chmod(0o710 if clients else 0o700)
    if user:
        os.chown(folder, user.uid, clients.gid if clients else user.gid)


def _places() -> list[Path]:
    own = Path("/run") if os.geteuid() == 0 else Path(os.environ.get("XDG_RUNTIME_DIR", "/nowhere"))
    return [place for place in (own, Path(tempfile.gettempdir()), Path("/tmp")) if os.access(place, os.W_OK)]  # noqa: S108


def _refuse_strangers(folder: Path, owners: set[int]) -> None:
    """In a folder open to all, somebody else could have been here first to listen in."""
    found = folder.lstat()
    if not folder.is_dir() or folder.is_symlink() or found.st_uid not in owners:
        raise EmbeddedServerFailed(f"{folder} is not ours. Remove it, and find out who made it.")
