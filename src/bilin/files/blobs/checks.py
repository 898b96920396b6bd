"""What `bilin doctor` looks at of files: whether the store answers, and has what it should."""

import base64
from collections.abc import AsyncIterator

from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.database import reading
from bilin.files.blobs.cipher import sealed_size
from bilin.files.blobs.opening import open_store
from bilin.files.blobs.store import Store, StoreAway
from bilin.files.previews.looking import Looker

NAME, PICTURES = "files.store", "files.pictures"
LARGEST_LOOK = 200_000
"""So many blobs are looked at: a listing of more takes minutes."""
SELECT = "SELECT name, size FROM files.blob"
SAMPLE = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
"""A picture of one pixel."""
IS_THERE = "SELECT to_regclass('files.blob') IS NOT NULL"


async def look_at_store(examined: Examined) -> AsyncIterator[Observation]:
    """Every blob of the catalogue is in the store in its full size."""
    if examined.pool is None:
        yield unchecked(NAME, "Without the database the files cannot be looked at.")
        return
    async with reading(examined.pool) as db:
        if not await db.fetchval(IS_THERE):
            return
        known = {row["name"]: row["size"] for row in await db.fetch(SELECT)}
    if not known:
        return
    if len(known) > LARGEST_LOOK:
        yield unchecked(NAME, f"There are {len(known):,} files: too many to look at all of them here.")
        return
    try:
        sizes = await _sizes(open_store(examined.settings))
    except StoreAway as away:
        yield broken(NAME, f"The store of files does not answer: {away.detail}", "Look at files.store in the settings.")
        return
    wrong = [name for name, size in known.items() if sizes.get(name) != sealed_size(size)]
    if wrong:
        said = f"Of {len(known):,} files the bytes of {len(wrong):,} are missing or cut off, such as {wrong[0]}."
        yield broken(NAME, said, "Restore files/blobs from a backup. What is sent again is whole again.")
    else:
        yield well(NAME, f"All {len(known):,} files are in the store, in their full size.")
    if unknown := len(sizes.keys() - known.keys()):
        said = f"{unknown:,} files in the store are in no catalogue."
        yield warning(NAME, said, "After a restore that is expected for a while. Else they only take room.")


async def look_at_previews(examined: Examined) -> AsyncIterator[Observation]:
    """The process that looks at pictures can be locked in here."""
    made = await Looker().look(SAMPLE, 1)
    if made is None or made.trouble:
        said = "Previews of pictures cannot be made: the process that looks at them cannot be locked in here."
        yield warning(PICTURES, said, "It needs Linux with seccomp, on x86-64 or arm64. Files are downloaded as ever.")
    else:
        yield well(PICTURES, "Previews of pictures are made by a process that reaches neither files nor network.")


async def _sizes(store: Store) -> dict[str, int]:
    return {name: size async for page in store.listed() for name, size in page}
