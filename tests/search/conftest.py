"""A company in which people look for what was said."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

import pytest

from bilin import search
from bilin.core.ids import Id, PersonId
from bilin.core.log.follower import FollowerRunner
from bilin.core.settings import Settings
from bilin.identity.login_lookups import LoginLookups
from bilin.search.follower import SearchIndex
from bilin.search.model import SearchPage
from bilin.search.months import NEWEST
from bilin.search.searching import search as find
from tests.messaging.house import House, open_house


class Library:
    """A house whose index follows when the test says so."""

    def __init__(self, house: House) -> None:
        self.house = house
        self._runner = FollowerRunner(SearchIndex(house.site.keys), house.site.pool, house.site.keys)

    async def follow(self) -> None:
        """Bring the index up to the end of the log."""
        while await self._runner.step():
            pass

    async def found(
        self, person: PersonId, query: str, before: int = NEWEST, limit: int = 50, minutes_east: int = 0
    ) -> SearchPage:
        """A page."""
        return await find(self.house.context(person), query, before, limit, minutes_east)

    async def ids(self, person: PersonId, query: str, **more: Any) -> list[Id]:
        """The messages on it."""
        return [hit.id for hit in (await self.found(person, query, **more)).messages]

    async def all_ids(self, person: PersonId, query: str, limit: int = 50) -> list[Id]:
        """The messages on all pages."""
        ids: list[Id] = []
        page = await self.found(person, query, limit=limit)
        while page.next is not None:
            ids += [hit.id for hit in page.messages]
            page = await self.found(person, query, before=page.next, limit=limit)
        return ids + [hit.id for hit in page.messages]

    async def fetch(self, statement: str, *arguments: Any) -> Sequence[Any]:
        """Rows of the database."""
        async with self.house.site.pool.acquire() as db:
            return await db.fetch(statement, *arguments)


@pytest.fixture
async def library(settings: Settings) -> AsyncIterator[Library]:
    """A running site whose company is founded."""
    house = await open_house(settings)
    house.site.provide(LoginLookups, LoginLookups(house.site.charges))
    assert search.module.start is not None
    await search.module.start(house.site)
    yield Library(house)
    await house.site.close()
