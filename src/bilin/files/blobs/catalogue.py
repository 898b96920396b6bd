"""Taking a blob into the store and its catalogue, once for each content."""

from pathlib import Path
from typing import NamedTuple

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool, reading
from bilin.core.ids import COUNTER_BITS, MAX_NODE, Id
from bilin.files.blobs.cipher import sealed_size
from bilin.files.blobs.store import Store

SITE = 0
"""The scope of what is the site's own."""
PLACE = b"files.blob.key"
SELECT = "SELECT name, size FROM files.blob WHERE content = $1 FOR KEY SHARE"
SELECT_KEY = "SELECT id, key, size FROM files.blob WHERE name = $1"
FORGET_CONTENT = "UPDATE files.blob SET content = decode(name, 'hex') WHERE name = $1"
INSERT = """
INSERT INTO files.blob (name, id, size, content, key) VALUES ($1, $2, $3, $4, $5)
ON CONFLICT (content) DO NOTHING RETURNING name"""


INSERT_BROUGHT = """
INSERT INTO files.blob (name, id, size, content, key, origin) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (name) DO NOTHING"""


def is_of_its_site(here: str) -> str:
    """Whether a blob `b` came from the site at which the file `f` was sent; `here`: the parameter with the number of
    this one. Who merely knows the name of a blob cannot have it by sending a file of its own that names it."""
    return f"coalesce(b.origin, {here}) = ((f.file >> {COUNTER_BITS}) & {MAX_NODE})"


class Whole(NamedTuple):
    """A file that is all there, sealed and on disk."""

    name: str
    digest: bytes
    size: int
    key: bytes
    source: Path


class Kept(NamedTuple):
    """A blob of the catalogue."""

    key: bytes
    size: int


async def take_in(pool: Pool, keys: Keyring, store: Store, whole: Whole, identifier: int) -> str:
    """Have the content in the store; the name of its blob, which may be one that was here already. Raises
    `StoreAway`."""
    content = keys.contents.name(whole.digest)
    async with reading(pool) as db:
        await keys.ensure(db, [(SITE, identifier)])
        if (known := await _known(db, store, content)) is not None:
            return known
    await store.put(whole.name, whole.source)
    key = keys.seal(SITE, identifier, whole.key, PLACE)
    async with reading(pool) as db:
        added = await db.fetchval(INSERT, whole.name, identifier, whole.size, content, key)
        known = added or await db.fetchval("SELECT name FROM files.blob WHERE content = $1", content)
    return str(known)


async def take_over(pool: Pool, keys: Keyring, store: Store, whole: Whole, identifier: int, origin: int) -> None:
    """Have a blob that came from another site, in place of what lies under its name: nothing, or what is damaged.
    Raises `StoreAway`."""
    async with reading(pool) as db:
        await keys.ensure(db, [(SITE, identifier)])
    await store.put(whole.name, whole.source, anew=True)
    key = keys.seal(SITE, identifier, whole.key, PLACE)
    nobody_elses = bytes.fromhex(whole.name)  # who uploads the same content here has a blob of this site
    async with reading(pool) as db:
        await db.execute(INSERT_BROUGHT, whole.name, identifier, whole.size, nobody_elses, key, origin)


async def _known(db: Connection, store: Store, content: bytes) -> str | None:
    """The blob that says this. One whose bytes were lost says nothing any more: what comes now takes its place."""
    row = await db.fetchrow(SELECT, content)
    if row is None:
        return None
    if await store.size(row["name"]) == sealed_size(row["size"]):
        return str(row["name"])
    await db.execute(FORGET_CONTENT, row["name"])
    return None


async def kept(db: Connection, keys: Keyring, name: str) -> Kept | None:
    """A blob with its key; None: it is not in the catalogue."""
    row = await db.fetchrow(SELECT_KEY, name)
    if row is None:
        return None
    await keys.load(db, [row["key"]])
    return Kept(keys.open(Id(row["id"]), row["key"], PLACE), row["size"])
