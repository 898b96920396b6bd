"""The rows of uploads. Handlers write them, each in one short transaction: they are no facts yet."""

from collections.abc import Sequence

import asyncpg

from bilin.core.codec import from_json, to_json
from bilin.core.crypto import Keyring
from bilin.core.database import Connection, reading
from bilin.core.ids import Id, PersonId
from bilin.core.site import Site
from bilin.files.errors import NoRoomLeft, TooManyUploads, UploadNotFound
from bilin.files.settings import MEGABYTE
from bilin.files.uploads.model import About, Upload

MAX_UPLOADS = 1_000
"""Of one person, that wait at once."""
COLUMNS = "id, person, size, received, rest, about, expires_ms, blob"
SELECT = f"""
SELECT {COLUMNS} FROM files.upload WHERE id = $1 AND person = $2 AND expires_ms > $3"""  # noqa: S608 (constants only)
UNSENT = "NOT EXISTS (SELECT FROM files.file f WHERE f.person = u.person AND f.file = u.id)"
SELECT_ALL = f"""
SELECT {COLUMNS} FROM files.upload u WHERE person = $1 AND expires_ms > $2 AND {UNSENT}
 ORDER BY id LIMIT {MAX_UPLOADS}"""  # noqa: S608 (constants only)
ONE_BY_ONE = "SELECT pg_advisory_xact_lock(hashtextextended('files.upload', $1))"
TAKEN = f"""
SELECT (SELECT count(*) FROM files.upload u WHERE person = $1 AND {UNSENT}) AS waiting,
       (SELECT coalesce(sum(size), 0)::bigint FROM (
            SELECT id, size FROM files.upload WHERE person = $1
             UNION SELECT file, size FROM files.file WHERE person = $1 AND removed_id IS NULL
       ) AS own) AS bytes"""  # noqa: S608 (constants only)
INSERT = """
INSERT INTO files.upload (id, person, size, received, about, expires_ms) VALUES ($1, $2, $3, 0, $4, $5)"""
UPDATE = "UPDATE files.upload SET received = $2, rest = $3, expires_ms = $4 WHERE id = $1 AND blob IS NULL"
DELETE = "DELETE FROM files.upload WHERE id = $1 AND person = $2"
PLACE = b"files.upload."


async def load(site: Site, person: PersonId, upload: Id, now_ms: int) -> Upload:
    """An upload of this person. Raises `UploadNotFound`."""
    async with reading(site.pool) as db:
        found = await _opened(site.keys, db, await db.fetch(SELECT, upload, person, now_ms))
    if not found:
        raise UploadNotFound
    return found[0]


async def load_all(site: Site, person: PersonId, now_ms: int) -> list[Upload]:
    """Those of a person, the oldest first."""
    async with reading(site.pool) as db:
        return await _opened(site.keys, db, await db.fetch(SELECT_ALL, person, now_ms))


async def insert(site: Site, upload: Upload, room_mb: int) -> None:
    """Enter a new one. Raises `NoRoomLeft` and `TooManyUploads`: of two that come at once one is counted first."""
    async with reading(site.pool) as db:
        await site.keys.ensure(db, [(upload.person, upload.id)])
        async with db.transaction():
            await db.execute(ONE_BY_ONE, upload.person)
            await _check_room(db, upload, room_mb)
            about = seal_about(site.keys, upload)
            await db.execute(INSERT, upload.id, upload.person, upload.size, about, upload.expires_ms)


async def _check_room(db: Connection, upload: Upload, room_mb: int) -> None:
    """What was sent counts once, in however many conversations it is."""
    (taken,) = await db.fetch(TAKEN, upload.person)
    if taken["waiting"] >= MAX_UPLOADS:
        raise TooManyUploads(limit=MAX_UPLOADS)
    if room_mb and taken["bytes"] + upload.size > room_mb * MEGABYTE:
        raise NoRoomLeft(room_mb=room_mb)


async def save(site: Site, upload: Upload, received: int, rest: bytes, expires_ms: int) -> None:
    """How far it came. The pieces are on disk."""
    sealed = site.keys.seal(upload.person, upload.id, rest, PLACE + b"rest") if rest else None
    async with reading(site.pool) as db:
        await db.execute(UPDATE, upload.id, received, sealed, expires_ms)


async def delete(site: Site, person: PersonId, upload: Id) -> None:
    """Give it up."""
    async with reading(site.pool) as db:
        await db.execute(DELETE, upload, person)


def seal_about(keys: Keyring, upload: Upload) -> bytes:
    """As it is stored; the key of its person and month is ready."""
    return keys.seal(upload.person, upload.id, to_json(upload.about), PLACE + b"about")


async def _opened(keys: Keyring, db: Connection, rows: Sequence[asyncpg.Record]) -> list[Upload]:
    await keys.load(db, [row["about"] for row in rows])
    return [_upload(keys, row) for row in rows]


def _upload(keys: Keyring, row: asyncpg.Record) -> Upload:
    rest = keys.open(row["id"], row["rest"], PLACE + b"rest") if row["rest"] is not None else b""
    about = from_json(keys.open(row["id"], row["about"], PLACE + b"about"), About)
    own = Id(row["id"]), PersonId(row["person"]), row["size"], row["received"], rest, about
    return Upload(*own, row["expires_ms"], row["blob"])
