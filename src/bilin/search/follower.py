"""The index follows the log, in the worker; how far it is, the web process tells."""

import asyncio
from collections.abc import Sequence
from typing import ClassVar

from prometheus_client import Gauge

from bilin.core import database, telemetry
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.errors import Unavailable
from bilin.core.ids import time_ms, wall_ms
from bilin.core.log import Follower
from bilin.core.log.store import read_at, read_heads
from bilin.core.searchable import Indexed, Place
from bilin.core.site import Background, Site
from bilin.search.indexing import index, indexed
from bilin.search.tokens import Tokens

NAME = "search.index.1"
"""The number is that of the form of the index (`tokens`, `normal`): another form follows the log from its beginning."""
TIDY_S = 5.0
LOOK_S = 10.0
SELECT_BEHIND = """
SELECT (SELECT coalesce(max(pos), 0) FROM core.log) - coalesce((SELECT pos FROM core.follower WHERE name = $1), 0)"""
SELECT_NEXT = """
SELECT id FROM core.log
 WHERE pos > coalesce((SELECT pos FROM core.follower WHERE name = $1), 0) ORDER BY pos LIMIT 1"""
TIDY = """
SELECT gin_clean_pending_list(i.indexrelid) FROM pg_inherits p JOIN pg_index i ON i.indrelid = p.inhrelid
  JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam AND a.amname = 'gin'
 WHERE p.inhparent = 'search.entry'::regclass"""

lag_events = Gauge("bilin_search_lag_events", "Events not in the search index yet", registry=telemetry.registry)
lag_seconds = Gauge(
    "bilin_search_lag_seconds", "Age of the oldest event not in the search index", registry=telemetry.registry
)


class News(asyncio.Event):
    """Set while something in the index waits to be sorted in."""


class SearchIndex(Follower):
    """Puts what is said into the index, and takes out what is taken back."""

    name: ClassVar[str] = NAME
    busy_pace: ClassVar[float | None] = 600
    """What comes faster is written into the index when it comes no more; until then it is found in the log (`news`)."""

    def __init__(self, keys: Keyring, news: News | None = None) -> None:
        self._keys, self._tokens, self._news = keys, Tokens(keys.search), news or News()

    async def step(self, db: Connection, keys: Keyring, after: int, through: int) -> int:
        """Opens only what does not tell by its head what it is about."""
        heads = await read_heads(db, after, through)
        for kind in indexed():
            brought = [head for head in heads if head["type"] in kind.brought_by]
            places = {(head["scope"], head["id"]) for head in brought if head["scope"] is not None}
            unclear = [head["pos"] for head in brought if head["scope"] is None]
            unclear += [head["pos"] for head in heads if head["type"] in kind.changed_by]
            if unclear:
                rows = await read_at(db, keys, unclear)
                places.update(place for row in rows for place in kind.touched(row.record))
            await self._index(db, kind, places)
        return heads[-1]["pos"] if heads else after

    async def _index(self, db: Connection, kind: Indexed, places: set[Place]) -> None:
        if places:
            await index(db, self._keys, self._tokens, kind, sorted(places))
            self._news.set()


async def behind(db: Connection) -> int:
    """How many events are not in the index yet."""
    found: int = await db.fetchval(SELECT_BEHIND, NAME)
    return found


async def behind_s(db: Connection) -> float:
    """How long ago the first of them was."""
    following: int | None = await db.fetchval(SELECT_NEXT, NAME)
    return 0.0 if following is None else max(0.0, (wall_ms() - time_ms(following)) / 1000)


def followers(site: Site) -> Sequence[Follower]:
    """In the worker."""
    return [SearchIndex(site.keys, _news_of(site))]


def background(site: Site) -> Sequence[Background]:
    """In the worker."""
    news = _news_of(site)
    return [("search-tidy", lambda: tidy(site, news))]


async def tidy(site: Site, news: News) -> None:
    """Sort in what is new every few seconds, so that no search walks through much of it."""
    while True:
        await news.wait()
        news.clear()
        await asyncio.sleep(TIDY_S)
        try:
            async with database.reading(site.pool) as db:
                await db.fetch(TIDY)
        except Unavailable:
            news.set()


async def watch(site: Site) -> None:
    """In the web process: tell how far the index is, while something happens."""
    looked_at = lag = -1
    while True:
        if site.tail.pos != looked_at or lag:
            looked_at = site.tail.pos
            try:
                async with database.reading(site.pool) as db:
                    lag = await behind(db)
                    lag_seconds.set(await behind_s(db))
                lag_events.set(lag)
            except Unavailable:
                looked_at = -1
        await asyncio.sleep(LOOK_S)


def _news_of(site: Site) -> News:
    try:
        return site.get(News)
    except KeyError:
        site.provide(News, News())
        return site.get(News)
