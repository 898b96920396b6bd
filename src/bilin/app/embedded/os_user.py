"""PostgreSQL refuses to run as root: then it runs as a system user of its own that owns its data folder only."""

import fcntl
import os
import pwd
import shutil
import subprocess
from functools import cache
from pathlib import Path

from bilin.app.processes import OsUser

NAME = "bilin-postgres"
USERS = Path("/etc/passwd")
FALLBACKS = ("postgres", "nobody")
"""Used where no user can be added, as on a read-only system."""


@cache
def database_user() -> OsUser | None:
    """Whom PostgreSQL runs as: None (as we do) unless we are root."""
    if os.geteuid() != 0:
        return None
    for name in (NAME, *FALLBACKS):
        entry = _entry(name) or (_add(name) if name == NAME else None)
        if entry:
            return OsUser(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    return None


def give(path: Path, user: OsUser | None) -> None:
    """Makes a folder and everything in it the user's, if it is not already. Parents are never touched."""
    if user is None or path.stat().st_uid == user.uid:
        return
    for folder, _, files in os.walk(path):
        for name in files:
            os.chown(Path(folder, name), user.uid, user.gid, follow_symlinks=False)
        if Path(folder) != path:
            os.chown(folder, user.uid, user.gid)
    os.chown(path, user.uid, user.gid)  # last: a half-done change is done again next time


def _entry(name: str) -> pwd.struct_passwd | None:
    try:
        return pwd.getpwnam(name)
    except KeyError:
        return None


def _add(name: str) -> pwd.struct_passwd | None:
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        return None
    home = ["--no-create-home", "--home-dir", "/nonexistent", "--shell", "/usr/sbin/nologin"]
    # useradd does not wait for another one, it fails: two sites that start for the first time would have two users.
    with USERS.open() as users:
        fcntl.flock(users, fcntl.LOCK_EX)
        if not _entry(name):
            subprocess.run([useradd, "--system", "--user-group", *home, name], check=False, capture_output=True)  # noqa: S603
        return _entry(name)
