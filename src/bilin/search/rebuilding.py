"""`bilin search rebuild`: make the whole index anew while it is used.

Each step holds the position of the follower, so that it and the follower take turns: what either writes is how a text
was after the other had written. What is there stays found meanwhile.
"""

from collections.abc import AsyncIterator

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool, reading
from bilin.core.log.follower import INSERT_POSITION, SELECT_POSITION
from bilin.core.searchable import START, Indexed, Place
from bilin.search.follower import NAME
from bilin.search.indexing import TAKE, index, indexed
from bilin.search.tokens import Tokens

STEP = 500
SELECT_ENTRIES = "SELECT scope, id FROM search.entry WHERE id > $1 ORDER BY id LIMIT $2"


async def rebuild(pool: Pool, keys: Keyring) -> AsyncIterator[tuple[int, int]]:
    """Make it anew; yields how many texts are done, and how many there are, about."""
    tokens = Tokens(keys.search)
    done = 0
    for kind in indexed():
        async with reading(pool) as db:
            total = await kind.count(db)
        after: Place = START
        while True:
            async with reading(pool) as db, db.transaction():
                await _take_turn(db)
                places = await kind.walk(db, after, STEP)
                await index(db, keys, tokens, kind, places)
            if not places:
                break
            after, done = places[-1], done + len(places)
            yield done, max(done, total)
    await _sweep(pool, keys)


async def _sweep(pool: Pool, keys: Keyring) -> None:
    """Take out what is no text any more."""
    last = 0
    while True:
        async with reading(pool) as db, db.transaction():
            await _take_turn(db)
            places = [(row["scope"], row["id"]) for row in await db.fetch(SELECT_ENTRIES, last, STEP)]
            gone = {identifier for _, identifier in places} - await _there(db, keys, places)
            if gone:
                await db.execute(TAKE, sorted(gone))
        if not places:
            return
        last = places[-1][1]


async def _there(db: Connection, keys: Keyring, places: list[Place]) -> set[int]:
    kinds: list[Indexed] = [*indexed()]
    return {document.id for kind in kinds for document in await kind.read(db, keys, places)}


async def _take_turn(db: Connection) -> None:
    await db.execute(INSERT_POSITION, NAME, 0)
    await db.fetchval(SELECT_POSITION, NAME)
