"""Looks through the index, the newest first, and reads what it names: only what the asker may read and what really
fits is found (docs/decisions/0058)."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.ids import PersonId
from bilin.core.searchable import Document, Indexed, Place
from bilin.search.months import windows
from bilin.search.news import news_after
from bilin.search.scoping import Asked
from bilin.search.tokens import Tokens

MORE = 20
"""So many beyond what is wanted are looked at in one go: some will not fit."""
NEWS = """
SELECT id, scope FROM core.log
 WHERE pos > ${after} AND type = ANY(${types}) AND id >= $1 AND id < $2 AND scope = ANY($3::bigint[])"""
MAX_EXAMINED = 1_000
"""So many texts are read for one page at most: the next one goes on from there."""


@dataclass(slots=True)
class Page:
    """What was found, the newest first, and how far was looked."""

    found: list[Document] = field(default_factory=list)
    examined: int | None = None
    """The last that was looked at; None: everything was."""


@cache
def statement(*, has_needed: bool, sets: int, has_news: bool = False) -> str:
    """The one query of the index. That the scope is one of the person's is the authority; tokens only leave out what
    cannot fit. With tokens the index is what PostgreSQL must use: it cannot tell how rare they are.

    `has_news`: what the log has after a position is looked through as well, all of it; the last two arguments are the
    position and the types of events that bring texts.
    """
    tokens = ["tokens @> $5::int[]"] if has_needed else []
    tokens += [f"tokens && ${number}::int[]" for number in range(5 + has_needed, 5 + has_needed + sets)]
    rows = " AND ".join(
        ["SELECT id, scope FROM search.entry WHERE id >= $1 AND id < $2 AND scope = ANY($3::bigint[])", *tokens]
    )
    if tokens:
        select = f"WITH hit AS MATERIALIZED ({rows}) SELECT id, scope FROM hit"  # noqa: S608 (ours)
    else:
        select = f"(({rows} ORDER BY id DESC LIMIT $4))" if has_news else rows
    if has_news:
        after = 5 + has_needed + sets
        select += f" UNION ({NEWS.format(after=after, types=after + 1)})"
    return f"{select} ORDER BY id DESC LIMIT $4"


class Finder:
    """Finds texts."""

    def __init__(self, keys: Keyring, tokens: Tokens, kinds: Sequence[Indexed]) -> None:
        self._keys, self._tokens, self._kinds = keys, tokens, kinds

    async def page(self, db: Connection, person: PersonId, asked: Asked, before: int, wanted: int) -> Page:
        """The next texts before an id: at most so many."""
        page = Page()
        seen = 0
        async for places, is_end in self._candidates(db, asked, before, wanted):
            seen += len(places)
            for document in await self._fitting(db, person, asked, places):
                if len(page.found) == wanted:
                    page.examined = page.found[-1].id
                    return page
                page.found.append(document)
            page.examined = None if is_end else places[-1][1] if places else page.examined
            if seen >= MAX_EXAMINED or (len(page.found) == wanted and page.examined is not None):
                return page
        page.examined = None
        return page

    async def _candidates(
        self, db: Connection, asked: Asked, before: int, wanted: int
    ) -> AsyncIterator[tuple[Sequence[Place], bool]]:
        """What the index names, and whether that is the end of it."""
        if not asked.scopes or any(not each for each in asked.senders):
            return
        needed, sets = asked.all_tokens(self._tokens), asked.any_tokens(self._tokens)
        news = await news_after(db)
        select = statement(has_needed=bool(needed), sets=len(sets), has_news=news is not None)
        more: list[object] = [needed, *sets] if needed else [*sets]
        if news is not None:
            more += [news, [each for kind in self._kinds for each in kind.brought_by]]
        scopes, limit = list(asked.scopes), wanted + MORE
        for low, until in windows(asked.low, min(asked.high, before)):
            high, is_full = until, True
            while is_full:
                rows = await db.fetch(select, low, high, scopes, limit, *more)
                is_full = len(rows) == limit
                if rows:
                    high = rows[-1]["id"]
                    yield [(row["scope"], row["id"]) for row in rows], not is_full and low <= asked.low

    async def _fitting(
        self, db: Connection, person: PersonId, asked: Asked, places: Sequence[Place]
    ) -> Sequence[Document]:
        fitting = [
            document
            for kind in self._kinds
            for document in await kind.readable(db, self._keys, person, places)
            if asked.fits(document)
        ]
        return sorted(fitting, key=lambda each: each.id, reverse=True)
