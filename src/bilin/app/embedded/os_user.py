"""Started as root, nothing that strangers can reach runs as root.

PostgreSQL refuses to: it has a system user of its own, who owns its data folder only. NATS, the web process and the
worker run as another one, who owns the keys and reaches PostgreSQL as any client does (decision 0027).
"""

import fcntl
import os
import pwd
import shutil
import subprocess
from functools import cache
from pathlib import Path

from bilin.app.processes import OsUser

NAME = "bilin-postgres"
SERVICE_NAME = "bilin"
SERVICE_FALLBACKS = ("nobody",)
OURS = ("postgres", "logs")
THEIRS = ("keys", "nats", "run")
LOCK = "lock"
USERS = Path("/etc/passwd")
FALLBACKS = ("postgres", "nobody")
"""Used where no user can be added, as on a read-only system."""


@cache
def database_user() -> OsUser | None:
    """Whom PostgreSQL runs as: None (as we do) unless we are root."""
    return _user(NAME, FALLBACKS)


@cache
def service_user() -> OsUser | None:
    """Whom everything else runs as that faces a network: None (as we do) unless we are root."""
    return _user(SERVICE_NAME, SERVICE_FALLBACKS)


def _user(own: str, fallbacks: tuple[str, ...]) -> OsUser | None:
    if os.geteuid() != 0:
        return None
    for name in (own, *fallbacks):
        entry = _entry(name) or (_add(name) if name == own else None)
        if entry:
            return OsUser(name=name, uid=entry.pw_uid, gid=entry.pw_gid)
    return None


def open_folder(data: Path, user: OsUser | None) -> None:
    """Let the user work in a data folder: everything in it is theirs but the database, the logs and our own locks.

    The folder stays ours and is sticky: they may add to it, and not put something else in the place of what is ours.
    """
    if user is None:
        return
    for name in OURS:
        (data / name).mkdir(mode=0o700, exist_ok=True)
    for name in THEIRS:
        (data / name).mkdir(mode=0o700, exist_ok=True)
    for each in data.iterdir():
        if each.is_symlink() or each.name in OURS or each.name.startswith(LOCK):
            continue
        if each.is_dir():
            give_all(each, user)
        else:
            os.chown(each, user.uid, user.gid, follow_symlinks=False)
    os.chown(data, 0, user.gid)
    data.chmod(0o1770)


def give_all(folder: Path, user: OsUser | None) -> None:
    """As `give`, and also what others have put there since."""
    if user is None:
        return
    for parent, _, files in os.walk(folder):
        for path in (parent, *(os.path.join(parent, name) for name in files)):  # noqa: PTH118
            if os.lstat(path).st_uid != user.uid:
                os.chown(path, user.uid, user.gid, follow_symlinks=False)


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
