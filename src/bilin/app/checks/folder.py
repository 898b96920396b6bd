"""The data folder: room, owners, keys. The logs of the embedded servers lie in it, too."""

import os
import shutil
import stat
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from bilin.app.embedded.os_user import OURS, database_user, service_user
from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.crypto import KeyMissing, Keyring, look_at_master_key
from bilin.core.database import Pool, reading
from bilin.core.site import MASTER_KEY_FILE

GIB = 1 << 30
FEW_BYTES = 5 * GIB
TOO_FEW_BYTES = GIB // 2
FEW_SHARE = 0.1
OTHERS = 0o077


async def look_at_disk(examined: Examined) -> AsyncIterator[Observation]:
    """When the disk is full, nothing more can be said."""
    if not examined.folder.is_dir():
        yield unchecked("core.disk", f"There is no folder {examined.folder} yet.", "`bilin serve` makes it.")
        return
    room = shutil.disk_usage(examined.folder)
    said = f"{room.free / GIB:.1f} GiB of {room.total / GIB:.1f} GiB are free at {examined.folder}."
    if room.free < TOO_FEW_BYTES:
        yield broken("core.disk", said, "Make room now: when the disk is full, every command is refused.")
    elif room.free < FEW_BYTES or room.free < FEW_SHARE * room.total:
        yield warning("core.disk", said, "Make room, or move the folder to a larger disk.")
    else:
        yield well("core.disk", said)


async def look_at_owners(examined: Examined) -> AsyncIterator[Observation]:
    """What lies in the folder belongs to who runs the server; others cannot look in."""
    folder, name = examined.folder, "core.owners"
    if not folder.is_dir():
        return
    mode = stat.S_IMODE(folder.stat().st_mode)
    if mode & 0o007:
        yield broken(name, f"Everybody on this machine may look into {folder} ({mode:o}).", f"chmod o= {folder}")
    foreign = [f"{path} ({owner})" for path, owner in _foreign(folder)]
    if foreign:
        said = f"It belongs to somebody else than who runs the server: {', '.join(foreign[:5])}."
        yield broken(
            name, said, "Run Bilin on one data folder always as the same user, or give the files to that user."
        )
    elif not mode & 0o007:
        yield well(name, f"{folder} and what is in it belong to who runs the server.")


def _foreign(folder: Path) -> Iterator[tuple[Path, int]]:
    """What belongs to nobody who works here, one level deep: deeper each server looks after its own."""
    service, database = service_user(), database_user()
    for path in folder.iterdir():
        owner = path.lstat().st_uid
        mine = database if path.name == "postgres" else service
        allowed = {os.geteuid(), *([mine.uid] if mine else []), *([0] if path.name in OURS else [])}
        if owner not in allowed:
            yield path, owner


async def look_at_keys(examined: Examined) -> AsyncIterator[Observation]:
    """Without its key nothing in the database can be read; with it anybody can who has the database."""
    name, key = "core.keys", examined.folder / MASTER_KEY_FILE
    if not key.is_file():
        if (examined.folder / "postgres").is_dir() or await _seals(examined.pool):
            yield broken(name, f"{key} is missing: nothing that was written can be read.", "Put it back from its copy.")
        else:
            yield unchecked(name, f"There is no key yet at {key}.", "`bilin serve` makes it at its first start.")
        return
    wrong = await _wrong_with(key, examined.pool)
    if wrong:
        yield broken(name, wrong, "Put it back from its copy.")
    loose = [path for path in sorted(key.parent.iterdir()) if path.is_file() and path.lstat().st_mode & OTHERS]
    loose = [path for path in loose if path.suffix != ".pem"]  # certificates are for everybody
    if loose:
        names = ", ".join(str(path) for path in loose)
        yield broken(name, f"Others can read {names}.", f"chmod 600 {names}")
    if not loose and not wrong:
        count = sum(1 for path in key.parent.iterdir() if path.is_file())
        yield well(name, f"The master key and {count - 1} further files of {key.parent} are there, for nobody else.")


async def _wrong_with(key: Path, pool: "Pool | None") -> str | None:
    try:
        master = look_at_master_key(key)
    except KeyMissing as missing:
        return f"{missing}."
    if await _seals(pool) and pool is not None:
        async with reading(pool) as db:
            if not await Keyring(master).is_of(db):
                return f"{key} is not the key that the database was written with: nothing in it can be read."
    return None


async def _seals(pool: "Pool | None") -> bool:
    """Whether the database holds anything that needs a key."""
    if pool is None:
        return False
    async with reading(pool) as db:
        has_table = await db.fetchval("SELECT to_regclass('core.data_key') IS NOT NULL")
        return bool(has_table and await db.fetchval("SELECT EXISTS (SELECT FROM core.data_key)"))
