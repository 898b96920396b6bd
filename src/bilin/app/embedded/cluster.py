"""A PostgreSQL data folder: made once, checked at every start."""

import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import IO

from bilin.app.embedded.binaries import MAJOR
from bilin.app.embedded.errors import DatabaseInUse, DatabaseVersionMismatch, EmbeddedServerFailed
from bilin.app.embedded.os_user import give
from bilin.app.processes import OsUser

HERE = "/proc/self/cwd"
"""How PostgreSQL is told its data folder: the one it is started in. It then needs no way through the folders above,
which may be closed to its user."""

ENVIRON = {"LC_ALL": "C", "PATH": "/usr/bin:/bin", "TZ": "UTC"}


def prepare(data: Path, programs: Path, user: OsUser | None, password: str, *, sync: bool = True) -> bool:
    """Makes the data folder when there is none, else checks that this PostgreSQL may use it. True when it is new.

    `sync=False` is for tests that throw the data away.
    """
    if data.is_dir():
        _check_version(data)
        _check_unused(data)
        give(data, user)
        return False
    unfinished = data.with_name(data.name + ".new")
    shutil.rmtree(unfinished, ignore_errors=True)  # from a first start that was interrupted
    unfinished.mkdir(mode=0o700, parents=True)
    give(unfinished, user)
    _initdb(unfinished, programs, user, password, sync=sync)
    unfinished.rename(data)
    _sync_folder(data.parent)
    return True


def _initdb(folder: Path, programs: Path, user: OsUser | None, password: str, *, sync: bool) -> None:
    """Only scram passwords over the Unix socket, no network; sorting by code point, the same on every machine."""
    password_file = folder.with_suffix(".password")
    with os.fdopen(os.open(password_file, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "r+") as file:
        file.write(password)
        file.flush()
        file.seek(0)
        password_file.unlink()
        if user:
            os.fchown(file.fileno(), user.uid, user.gid)
        initdb: list[str | Path] = [
            programs / "initdb", f"--pgdata={HERE}", "--username=postgres", "--pwfile=/proc/self/fd/0",
            "--auth-local=scram-sha-256", "--auth-host=reject", "--encoding=UTF8", "--locale=C",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", *([] if sync else ["--no-sync"]),
        ]  # fmt: skip
        _run(initdb, folder, user, stdin=file)


def set_superuser_password(data: Path, programs: Path, user: OsUser | None, password: str) -> None:
    """For data whose password file was lost, as after a restore. Whoever owns the folder may do anything anyway."""
    with tempfile.TemporaryFile("w+") as statement:
        statement.write(f"ALTER ROLE postgres PASSWORD '{password}'\n")
        statement.seek(0)
        _run([programs / "postgres", "--single", "-D", HERE, "postgres"], data, user, stdin=statement)


def _run(command: list[str | Path], folder: Path, user: OsUser | None, stdin: IO[str]) -> None:
    done = subprocess.run(  # noqa: S603
        command,
        cwd=folder,
        env=ENVIRON,
        stdin=stdin,
        user=user.uid if user else None,
        group=user.gid if user else None,
        extra_groups=[] if user else None,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        said = done.stderr.strip() or done.stdout.strip()
        raise EmbeddedServerFailed(f"{Path(command[0]).name} failed: {said}")


def _check_version(data: Path) -> None:
    try:
        found = (data / "PG_VERSION").read_text().strip()
    except FileNotFoundError:
        raise EmbeddedServerFailed(f"{data} is not a PostgreSQL data folder: PG_VERSION is missing.") from None
    if found != str(MAJOR):
        raise DatabaseVersionMismatch(f"{data} was written by PostgreSQL {found}; this Bilin brings {MAJOR}.")


def _check_unused(data: Path) -> None:
    """We hold the lock of the site: the process that a postmaster's file names is none of ours, or long gone.

    A file whose process is gone stays for PostgreSQL to judge; it also tells of backends that outlived their parent.
    """
    file = data / "postmaster.pid"
    try:
        process = Path("/proc", str(int(file.read_text().split(maxsplit=1)[0])))
    except (FileNotFoundError, ValueError, IndexError):
        return
    if not process.is_dir():
        return
    try:
        is_at_work = (process / "cwd").samefile(data)
    except OSError:
        is_at_work = False
    if is_at_work:
        raise DatabaseInUse(f"Process {process.name} runs PostgreSQL on {data}.")
    file.unlink()  # its number belongs to another program by now, and PostgreSQL would not start beside that


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
