"""What the log of a real site, and the tables made of it, say (`Facts`)."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from bilin.core import scopes
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.ids import PersonId, UnitId
from bilin.core.log.entry import decode_event
from bilin.core.log.store import Raw, read_raw
from bilin.org import people_ever_in, units_ever
from bilin.sites.homes.home_map import SHAPING, HomeMap, Homes
from bilin.sites.replication.feed.facts import Members, Moving
from bilin.sites.replication.feed.sharing import membership_types
from bilin.sites.replication.transport.wire import Sent

FIND_CHANGED = """
SELECT DISTINCT scope, site, type = ANY($3::text[]) AS moves FROM core.log
 WHERE pos > $1 AND pos <= $2 AND scope IS NOT NULL AND (type = ANY($3::text[]) OR site <> $4)"""
SELECT_WRITERS = """
SELECT scope, array_agg(DISTINCT site) AS sites FROM core.log WHERE scope = ANY($1::bigint[]) GROUP BY scope"""
SELECT_WITH_EVENTS = """
SELECT scope FROM unnest($1::bigint[]) AS wanted(scope)
 WHERE EXISTS (SELECT FROM core.log l WHERE l.scope = wanted.scope AND ($2::smallint IS NULL OR l.site = $2))"""
SELECT_WRITTEN_BY = "SELECT DISTINCT scope FROM core.log WHERE site = $1 AND scope IS NOT NULL"
SELECT_WRITTEN_IN = SELECT_WRITTEN_BY + " AND pos > $2 AND pos <= $3"
SELECT_MOVING = """
SELECT id, actor, type, version, scope, body FROM core.log
 WHERE pos > $1 AND pos <= $2 AND type = ANY($3::text[]) ORDER BY pos"""
SELECT_KEPT = """
SELECT id, actor, type, version, body, mark FROM sites.kept_back
 WHERE site = $1 AND octet_length(body) < 4000 ORDER BY id LIMIT $2"""
MAX_GIVEN_BACK = 100


class LogFacts:
    """Answers on a connection whose snapshot stands at `head`."""

    def __init__(self, db: Connection, keys: Keyring, homes: Homes, head: int) -> None:
        self._db, self._keys, self._homes, self.head = db, keys, homes, head

    async def homes(self) -> HomeMap:
        return await self._homes.as_of(self._db, self.head)

    async def members(self, scopes_: Collection[int]) -> Members:
        return await scopes.members_of(self._db, list(scopes_))

    async def ever_members(self, scopes_: Collection[int]) -> Members:
        return await scopes.ever_members_of(self._db, list(scopes_))

    async def scopes_ever_of(self, people: Collection[PersonId]) -> set[int]:
        return await scopes.scopes_ever_of(self._db, list(people))

    async def units_ever(self, people: Collection[PersonId]) -> Mapping[PersonId, Sequence[UnitId]]:
        return await units_ever(self._db, people)

    async def people_ever_in(self, units: Collection[UnitId]) -> set[PersonId]:
        return await people_ever_in(self._db, units)

    async def writers(self, scopes_: Collection[int]) -> Mapping[int, Collection[int]]:
        return {row["scope"]: row["sites"] for row in await self._db.fetch(SELECT_WRITERS, list(scopes_))}

    async def with_events(self, scopes_: Collection[int], whose: int | None = None) -> list[int]:
        return [row["scope"] for row in await self._db.fetch(SELECT_WITH_EVENTS, list(scopes_), whose)]

    async def written_by(self, site: int) -> list[int]:
        return [row["scope"] for row in await self._db.fetch(SELECT_WRITTEN_BY, site)]

    async def written_in(self, site: int, after: int, through: int) -> set[int]:
        return {row["scope"] for row in await self._db.fetch(SELECT_WRITTEN_IN, site, after, through)}

    async def changed(self, after: int, here: int) -> Iterable[tuple[int, int, bool]]:
        return [tuple(row) for row in await self._db.fetch(FIND_CHANGED, after, self.head, membership_types(), here)]

    async def moving(self, after: int, through: int) -> Sequence[Moving]:
        rows = await self._db.fetch(SELECT_MOVING, after, through, [*membership_types(), *SHAPING])
        await self._keys.load(self._db, [row["body"] for row in rows])
        return [
            Moving(
                decode_event(row["type"], row["version"], self._keys.open(row["id"], row["body"])),
                None if row["actor"] is None else PersonId(row["actor"]),
                row["scope"],
            )
            for row in rows
        ]

    async def events(self, whose: int, scope: int | None, after: int, limit: int) -> list[Raw]:
        return await read_raw(
            self._db, self._keys, site=whose, after=after, through=self.head, scope=scope, limit=limit
        )

    async def kept_back(self, whose: int) -> Sequence[Sent]:
        rows = await self._db.fetch(SELECT_KEPT, whose, MAX_GIVEN_BACK)
        await self._keys.load(self._db, [row["body"] for row in rows])
        return [
            Sent(r["id"], r["actor"], r["type"], r["version"], self._keys.open(r["id"], r["body"]), r["mark"])
            for r in rows
        ]
