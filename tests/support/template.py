"""A PostgreSQL folder as the first start of a server leaves it: made once, and copied where a test begins with one.

Making the cluster and its schema takes some six seconds of the processor, a copy a twentieth of that. No site was ever
started on it, so every copy becomes a site of its own. It lies in `.cache/`, under a name that follows from everything
it is made from.
"""

import asyncio
import fcntl
import functools
import hashlib
import importlib.metadata
import shutil
import subprocess
import sys
from pathlib import Path

from bilin.app import embedded, migrations
from bilin.app.embedded import EmbeddedPostgres
from bilin.app.embedded.binaries import WHEEL
from bilin.app.embedded.os_user import database_user

ROOT = Path(__file__).parents[2]
PLACE = ROOT / ".cache" / "tests"
OF_ITS_OWN = "password"
"""The file with the password of Bilin's role: each server has one of its own, and sets it at every start."""


def copy_postgres(folder: Path) -> None:
    """Put a copy in the place of a server's folder for PostgreSQL."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    subprocess.run(["cp", "-a", "--reflink=auto", postgres_template(), folder], check=True)


@functools.cache
def postgres_template() -> Path:
    """Where it is; made when it is not there."""
    made = PLACE / f"postgres-{_made_from()}"
    if not made.exists():
        PLACE.mkdir(parents=True, exist_ok=True)
        with (PLACE / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                # In a process of its own: the database ends with the thread that started it.
                subprocess.run([sys.executable, "-m", "tests.support.template", made], cwd=ROOT, check=True)
    return made


def _made_from() -> str:
    """Everything that what it holds may depend on."""
    files = [*Path(migrations.__file__).parent.rglob("*.py"), *Path(embedded.__file__).parent.glob("*.py")]
    seen = hashlib.sha256()
    for path in sorted(files):
        seen.update(path.name.encode() + path.read_bytes())
    seen.update(f"{importlib.metadata.version(WHEEL)} {database_user()}".encode())
    return seen.hexdigest()[:16]


async def _make(folder: Path) -> None:
    server = EmbeddedPostgres(folder, folder.with_suffix(".log"), durable=False)
    process = await server.start()
    try:
        await migrations.upgrade(server.url)
    finally:
        await process.stop(server.stop_signal, server.stop_within_s)
        server.tidy()
    (folder / OF_ITS_OWN).unlink()


def main() -> None:
    """Make it, and throw away what was made from something else."""
    made = Path(sys.argv[1])
    for earlier in PLACE.glob("postgres-*"):
        if earlier.is_dir():
            shutil.rmtree(earlier)
        else:
            earlier.unlink()
    unfinished = made.with_suffix(".new")
    asyncio.run(_make(unfinished))
    unfinished.rename(made)


if __name__ == "__main__":
    main()
