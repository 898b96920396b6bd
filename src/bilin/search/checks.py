"""What `bilin doctor` looks at of the search index: whether it keeps up, and whether a sample of messages is found."""

from collections.abc import AsyncIterator

from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.crypto import Keyring, look_at_master_key
from bilin.core.database import Connection, snapshot
from bilin.core.log.store import read_range
from bilin.core.site import MASTER_KEY_FILE
from bilin.search.follower import NAME as INDEX
from bilin.search.follower import behind, behind_s
from bilin.search.indexing import indexed, tokens_of
from bilin.search.news import MOST
from bilin.search.tokens import Tokens

NAME = "search.index"
SAMPLE = 500
LATE_S = 60
SELECT_FOLLOWED = "SELECT pos FROM core.follower WHERE name = $1"
SELECT_TOKENS = "SELECT id, tokens FROM search.entry WHERE id = ANY($1::bigint[])"


async def look_at_index(examined: Examined) -> AsyncIterator[Observation]:
    """Whether the index is there, keeps up, and says of its newest texts what they say."""
    key = examined.folder / MASTER_KEY_FILE
    if examined.pool is None or not key.is_file():
        yield unchecked(NAME, "Without database and key the search index cannot be looked at.")
        return
    async with snapshot(examined.pool) as (db, _):
        if await db.fetchval("SELECT to_regclass('search.entry')") is None:
            return
        lag, late_s = await behind(db), await behind_s(db)
        looked, wrong = await _compare_newest(db, Keyring(look_at_master_key(key)))
    if lag and late_s > LATE_S:
        said = f"The search index is {lag:,} events behind the log: only its last {MOST:,} are found without it."
        yield warning(NAME, said, "Does the worker run? Look at the logs of `bilin serve`.")
    if wrong:
        said = f"{wrong:,} of the newest {looked:,} messages are not in the search index as they are."
        yield broken(NAME, said, "Run `bilin search rebuild`: people go on searching meanwhile.")
    elif looked:
        yield well(NAME, f"The newest {looked:,} messages are in the search index as they are.")


async def _compare_newest(db: Connection, keys: Keyring) -> tuple[int, int]:
    """How many texts the newest events that were followed are about, and how many of them are indexed otherwise."""
    tokens = Tokens(keys.search)
    pos = await db.fetchval(SELECT_FOLLOWED, INDEX) or 0
    rows = await read_range(db, keys, max(0, pos - SAMPLE), pos)
    looked = wrong = 0
    for kind in indexed():
        documents = await kind.read(db, keys, sorted({place for row in rows for place in kind.touched(row.record)}))
        found = await db.fetch(SELECT_TOKENS, [document.id for document in documents])
        stored = {row["id"]: sorted(row["tokens"]) for row in found}
        looked += len(documents)
        wrong += sum(stored.get(document.id) != tokens_of(tokens, document) for document in documents)
    return looked, wrong
