"""Writing the index: what of a text is found, put there or taken away. It depends on the text alone as it is now, so in
whatever order and however often it is done the index is the same."""

import asyncio
from collections.abc import Iterable, Sequence

from bilin.core.codec import to_json
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.house import modules
from bilin.core.searchable import Document, Indexed, Named, Place
from bilin.search.months import make_months
from bilin.search.normal import normal
from bilin.search.tokens import Tokens, pieces_of

YIELD_EVERY = 50
PUT = """
INSERT INTO search.entry AS e (id, scope, tokens)
SELECT id, scope, tokens::int[] FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS t(id, scope, tokens)
ON CONFLICT (id) DO UPDATE SET scope = excluded.scope, tokens = excluded.tokens"""
TAKE = "DELETE FROM search.entry WHERE id = ANY($1::bigint[])"


def indexed() -> Sequence[Indexed]:
    """What the modules of the house declare of texts."""
    return [each for each in _declared() if isinstance(each, Indexed)]


def named() -> Sequence[Named]:
    """And of things with a name."""
    return [each for each in _declared() if isinstance(each, Named)]


def _declared() -> Iterable[Indexed | Named]:
    return (each for module in modules() for feature in module.features for each in feature.searchable)


def tokens_of(tokens: Tokens, document: Document) -> list[int]:
    """By what a text is found."""
    found = set(tokens.pieces(pieces_of(normal(document.text))))
    found.update([tokens.scope(document.scope), tokens.sender(document.sender)])
    found.update(map(tokens.trait, document.traits))
    return sorted(found)


async def put(db: Connection, tokens: Tokens, documents: Sequence[Document]) -> None:
    """Have these texts found as they are now."""
    arrays = []
    for number, document in enumerate(documents, 1):
        arrays.append(
            f"{{{to_json(tokens_of(tokens, document))[1:-1].decode()}}}"
        )  # ten times as fast as `str` of each
        if number % YIELD_EVERY == 0:
            await asyncio.sleep(0)
    ids = [document.id for document in documents]
    if ids:
        await make_months(db, ids)
        await db.execute(PUT, ids, [document.scope for document in documents], arrays)


async def index(db: Connection, keys: Keyring, tokens: Tokens, kind: Indexed, places: Sequence[Place]) -> None:
    """Have these found as they are now; what cannot be read any more is not."""
    documents = await kind.read(db, keys, places)
    gone = {identifier for _, identifier in places} - {document.id for document in documents}
    if gone:
        await db.execute(TAKE, sorted(gone))
    await put(db, tokens, documents)
