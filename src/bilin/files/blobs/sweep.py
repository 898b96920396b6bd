"""What nobody can open any more goes: uploads that expired, keys of what was taken back, blobs nothing refers to.

A blob has a reference at every moment from its upload on: the upload is there until it expires, a day later at the
earliest, and long before that the file that was sent of it. What a store has and the catalogue has not is left alone:
after a restore from a backup it may be what the log is about to hear of again. `bilin doctor` counts it.
"""

import asyncio
from pathlib import Path

import structlog

from bilin.core.database import reading
from bilin.core.ids import id_at, wall_ms
from bilin.core.jobs import Arguments, Job, Schedule
from bilin.core.settings import SiteSettings
from bilin.core.site import Site
from bilin.files.blobs.opening import open_store
from bilin.files.blobs.store import Store

logger = structlog.get_logger(__name__)

MS_PER_DAY = 86_400_000
SWEEP_EVERY_S = 3_600
UNFINISHED, ARRIVING = Path("files/uploads"), Path("files/arriving")
"""In the data folder."""
GRACE_MS = 3_600_000
"""What has just expired may be in a message that is being sent."""
DELETE_EXPIRED = "DELETE FROM files.upload WHERE expires_ms < $1"
SELECT_THERE = "SELECT id FROM files.upload WHERE id = ANY($1::bigint[])"
FORGET = """
UPDATE files.file SET name = NULL, key = NULL
 WHERE removed_id IS NOT NULL AND (name IS NOT NULL OR key IS NOT NULL)"""
FORGET_PREVIEWS = """
DELETE FROM files.preview p
 WHERE p.id < $1 AND NOT EXISTS (SELECT FROM files.upload u WHERE u.blob = p.blob)
   AND NOT EXISTS (SELECT FROM files.file f WHERE f.blob = p.blob AND f.removed_id IS NULL)"""
TAKE_ONE = """
DELETE FROM files.blob WHERE name = (
    SELECT b.name FROM files.blob b WHERE b.id < $1
       AND NOT EXISTS (SELECT FROM files.upload u WHERE u.blob = b.name)
       AND NOT EXISTS (SELECT FROM files.preview p WHERE p.preview = b.name)
       AND NOT EXISTS (SELECT FROM files.file f WHERE f.blob = b.name AND f.removed_id IS NULL)
     LIMIT 1 FOR UPDATE OF b SKIP LOCKED)
RETURNING name"""


async def sweep(site: Site, now_ms: int, store: Store) -> int:
    """Take out what is due; how many blobs went. Raises `StoreAway`: what it had begun is as before."""
    async with reading(site.pool) as db:
        await db.execute(DELETE_EXPIRED, now_ms - GRACE_MS)
        await db.execute(FORGET)
        await db.execute(FORGET_PREVIEWS, id_at(now_ms - GRACE_MS))
    await _forget_unfinished(site, now_ms)
    await _forget_arriving(site, now_ms)
    gone = 0
    while await _take_one(site, store, id_at(now_ms - MS_PER_DAY)):
        gone += 1
    return gone


async def _take_one(site: Site, store: Store, before: int) -> bool:
    """The row goes only if the bytes did: until then whoever sends the same content waits for it."""
    async with reading(site.pool) as db, db.transaction():
        name = await db.fetchval(TAKE_ONE, before)
        if name is not None:
            await store.delete(name)
    return name is not None


async def _forget_unfinished(site: Site, now_ms: int) -> None:
    """Files of uploads that have no row: they were given up or expired, or a crash left them."""
    folder = site.settings[SiteSettings].data_dir / UNFINISHED
    before = (now_ms - MS_PER_DAY) / 1000
    old = [each for each in await asyncio.to_thread(_older_than, folder, before) if _number(each)]
    async with reading(site.pool) as db:
        there = {str(row["id"]) for row in await db.fetch(SELECT_THERE, [int(_number(path)) for path in old])}
    for path in old:
        if path.name not in there:  # what was made anew, and not told of, either
            path.unlink(missing_ok=True)


def _number(path: Path) -> str:
    """Of which upload it is; empty: of none."""
    number = path.name.partition(".")[0]
    return number if number.isdigit() else ""


async def _forget_arriving(site: Site, now_ms: int) -> None:
    """What began to come from another site, and nobody has waited for since."""
    folder = site.settings[SiteSettings].data_dir / ARRIVING
    for path in await asyncio.to_thread(_older_than, folder, (now_ms - MS_PER_DAY) / 1000):
        path.unlink(missing_ok=True)


def _older_than(folder: Path, second: float) -> list[Path]:
    if not folder.is_dir():
        return []
    return [each for each in folder.iterdir() if each.stat().st_mtime < second]


async def _run(site: Site, _: Arguments) -> None:
    if gone := await sweep(site, wall_ms(), open_store(site.settings)):
        logger.info("files.swept", blobs=gone)


job = Job(name="files.sweep", arguments=Arguments, run=_run, limit_s=3_000)
hourly = Schedule(name="files.sweep", job=job, arguments=Arguments(), every_s=SWEEP_EVERY_S)
