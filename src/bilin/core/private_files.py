"""Files of the data folder that nobody else may read: keys, tokens, credentials.

A secret that others could read is repaired, and that is said aloud; one that somebody else owns is refused. Started as
root, the server gives each file to whoever owns its folder: the processes that have dropped to that user can read it
(decision 0027).
"""

import contextlib
import os
import re
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

import structlog

from bilin.core.errors import BilinError

logger = structlog.get_logger(__name__)

PRIVATE = 0o600
OTHERS = 0o077
LARGEST_BYTES = 1 << 20
OPEN_FOLDER = re.compile(r"/proc/self/fd/\d+")
"""A folder that this process was given open, since it cannot go there by its name (`bilin.app.as_user`)."""


class SecretExposed(BilinError):
    """A file with a secret cannot be trusted."""

    code = "core.secret_exposed"
    status = 500
    title = "A file with a secret is not as it should be"
    hint = (
        "Make it a plain file that belongs to the user who starts the server and that only they may read (chmod 600)."
    )


def read_private(path: Path) -> str | None:
    """The text of a secret file; None when there is none. Raises `SecretExposed`."""
    found = read_private_bytes(path)
    return None if found is None else found.decode()


def read_private_bytes(path: Path) -> bytes | None:
    """The content of a secret file; None when there is none. Raises `SecretExposed`."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except FileNotFoundError:
        return None
    try:
        _check(path, descriptor)
        return os.read(descriptor, LARGEST_BYTES)
    finally:
        os.close(descriptor)


def write_private(path: Path, content: bytes) -> None:
    """Replace a file by one that only its owner may read: all of it or nothing, and on disk when this returns."""
    with _written(path, content) as (folder, unfinished):
        os.rename(unfinished, path.name, src_dir_fd=folder, dst_dir_fd=folder)


def create_private(path: Path, content: bytes) -> None:
    """As `write_private`, but of several who do it at once the first one's stays."""
    with _written(path, content) as (folder, unfinished), contextlib.suppress(FileExistsError):
        os.link(unfinished, path.name, src_dir_fd=folder, dst_dir_fd=folder)


def secret_in(path: Path) -> str:
    """The random secret kept in a file; made on first use. Raises `SecretExposed`."""
    found = read_private(path)
    if found is None:
        create_private(path, secrets.token_urlsafe(24).encode())
        found = read_private(path)
    return found or ""


@contextlib.contextmanager
def _written(path: Path, content: bytes) -> Iterator[tuple[int, str]]:
    """A new file beside its place, on disk; its folder and its name. It is gone after the block, if not moved."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _folder(path.parent) as folder:
        unfinished = f"{path.name}.{os.getpid()}.new"
        with contextlib.suppress(FileNotFoundError):
            os.unlink(unfinished, dir_fd=folder)
        flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC
        with os.fdopen(os.open(unfinished, flags, PRIVATE, dir_fd=folder), "wb") as file:
            _give(file.fileno(), folder)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        yield folder, unfinished
        with contextlib.suppress(FileNotFoundError):
            os.unlink(unfinished, dir_fd=folder)
        os.fsync(folder)


@contextlib.contextmanager
def _folder(path: Path) -> Iterator[int]:
    """The folder itself and no other that a link could lead to, unless it is open here already or root put the link."""
    follows = OPEN_FOLDER.fullmatch(str(path)) or path.parent.stat().st_uid == 0
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | (0 if follows else os.O_NOFOLLOW))
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _give(descriptor: int, folder: int) -> None:
    owner = os.fstat(folder)
    if os.geteuid() == 0 and owner.st_uid != 0:
        os.fchown(descriptor, owner.st_uid, owner.st_gid)


def _check(path: Path, descriptor: int) -> None:
    found = os.fstat(descriptor)
    if not stat.S_ISREG(found.st_mode):
        raise SecretExposed(f"{path} is no plain file.")
    if os.geteuid() not in (0, found.st_uid):
        raise SecretExposed(f"{path} belongs to another user (number {found.st_uid}).")
    if found.st_mode & OTHERS:
        try:
            os.fchmod(descriptor, PRIVATE)
        except OSError as refused:
            raise SecretExposed(f"{path} can be read by others, and its mode cannot be changed.") from refused
        logger.warning("secret.was_readable_by_others", path=str(path), mode=oct(stat.S_IMODE(found.st_mode)))
