"""Previews in the store: sealed as every file, each a blob of its own."""

import asyncio
from pathlib import Path
from typing import NamedTuple

import asyncpg

from bilin.core.database import reading
from bilin.core.ids import site_of
from bilin.core.settings import SiteSettings
from bilin.core.site import Site
from bilin.files.blobs.catalogue import kept, take_in
from bilin.files.blobs.cipher import HEADER_BYTES, Cipher, pieces_of, sealed_size
from bilin.files.blobs.sealing import write_sealed
from bilin.files.blobs.store import Store
from bilin.files.shared.reading import SharedFile

FOLDER = Path("files/uploads")
"""In the data folder. What a crash leaves there the sweep takes."""
SELECT = "SELECT trouble, preview FROM files.preview WHERE blob = $1 AND side = $2 AND origin = $3"
INSERT = """
INSERT INTO files.preview (blob, side, origin, id, trouble, preview) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (blob, side) DO UPDATE
   SET origin = excluded.origin, id = excluded.id, trouble = excluded.trouble, preview = excluded.preview"""


class Known(NamedTuple):
    """A preview that was made, or why there is none."""

    trouble: str
    body: bytes


async def load(site: Site, file: SharedFile, side: int) -> Known | None:
    """What is known already. None: nothing, or it is damaged."""
    async with reading(site.pool) as db:
        row = await db.fetchrow(SELECT, file.blob, side, site_of(file.file))
        blob = await kept(db, site.keys, row["preview"]) if row is not None and row["preview"] else None
    if row is None or blob is None:
        return None if row is None or not row["trouble"] else Known(row["trouble"], b"")
    try:
        sealed = await site.get(Store).read(row["preview"], 0, sealed_size(blob.size))
        cipher = Cipher(blob.key, sealed[:HEADER_BYTES], blob.size)
        return Known("", cipher.open_all(0, pieces_of(blob.size), sealed[HEADER_BYTES:]))
    except (FileNotFoundError, ValueError):
        return None


async def save(site: Site, file: SharedFile, side: int, known: Known) -> None:
    """Have it for the next who asks. Raises `StoreAway`."""
    identifier, origin = site.clock.next(), site_of(file.file)
    folder = site.settings[SiteSettings].data_dir / FOLDER
    while True:
        name = None
        if not known.trouble:
            path = folder / f"{identifier}.preview"
            try:
                whole = await asyncio.to_thread(write_sealed, path, known.body)
                name = await take_in(site.pool, site.keys, site.get(Store), whole, identifier)
            finally:
                path.unlink(missing_ok=True)
        try:
            async with reading(site.pool) as db:
                await db.execute(INSERT, file.blob, side, origin, identifier, known.trouble, name)
        except asyncpg.ForeignKeyViolationError:
            continue  # the same preview was here, and has just been swept
        return
