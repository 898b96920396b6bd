"""The rows of what is kept back (`sites.kept_back`), sealed like the log."""

from collections.abc import Sequence

from bilin.core.crypto import Keyring
from bilin.core.database import Connection, Pool, reading
from bilin.core.ids import MAX_AHEAD_MS, ClockAhead, HybridClock, time_ms, wall_ms
from bilin.core.log.foreign import decode
from bilin.sites.replication.errors import AccessEnded, TooMuchKeptBack
from bilin.sites.replication.following.event_auth import SELECT_ENDED, foreign_of
from bilin.sites.replication.ports import KeptBack
from bilin.sites.replication.transport.wire import Sent

MAX_KEPT = 100_000
"""Of one site: it is not followed on beyond that."""
SITE_SCOPE = 0
COUNT = "SELECT count(*) FROM sites.kept_back WHERE site = $1"
KEEP = """
INSERT INTO sites.kept_back (id, site, actor, type, version, body, mark, reason, arrived, scope)
SELECT e.id, $2, e.actor, e.type, e.version, e.body, e.mark, e.reason, $9, e.scope
  FROM unnest($1::bigint[], $3::bigint[], $4::text[], $5::smallint[], $6::bytea[], $7::bytea[], $8::text[],
              $10::bigint[]) AS e(id, actor, type, version, body, mark, reason, scope)
 WHERE NOT EXISTS (SELECT FROM core.log l WHERE l.id = e.id)
   AND NOT EXISTS (SELECT FROM sites.settled s WHERE s.event = e.id AND NOT s.accepted)
ON CONFLICT DO NOTHING"""
SELECT = """
SELECT id, site, actor, type, version, body, mark FROM sites.kept_back k WHERE id > $1
   AND NOT EXISTS (SELECT FROM sites.settled s WHERE s.event = k.id AND NOT s.accepted) ORDER BY id LIMIT $2"""
FORGET = "DELETE FROM sites.kept_back WHERE id = ANY($1::bigint[])"


async def require_access(db: Connection, whose: int) -> None:
    """Pass unless the access of the site where events began was ended. Raises `AccessEnded`."""
    if await db.fetchval(SELECT_ENDED, whose):
        raise AccessEnded(site=whose)


class KeptBackTable:
    """Reads and writes them."""

    def __init__(self, pool: Pool, keys: Keyring, clock: HybridClock) -> None:
        self._pool, self._keys, self._clock = pool, keys, clock

    async def prepare(self, whose: int, held: Sequence[tuple[Sent, str]]) -> None:
        """Before the transaction: have the keys, and see that there is room. Raises `ClockAhead`, `TooMuchKeptBack`."""
        if not held:
            return
        ahead_ms = time_ms(max(event.id for event, _ in held)) - wall_ms()
        if ahead_ms > MAX_AHEAD_MS:
            raise ClockAhead(ahead_ms=ahead_ms)
        async with reading(self._pool) as db:
            if await db.fetchval(COUNT, whose) > MAX_KEPT:
                raise TooMuchKeptBack(site=whose)
            await self._keys.ensure(db, {(SITE_SCOPE, event.id) for event, _ in held})

    async def keep(self, db: Connection, whose: int, held: Sequence[tuple[Sent, str]]) -> None:
        """Keep events back, within the transaction that saves how far their log was followed."""
        if not held:
            return
        events = [event for event, _ in held]
        bodies = [self._keys.seal(SITE_SCOPE, event.id, event.data) for event in events]
        await db.execute(
            KEEP,
            [event.id for event in events],
            whose,
            [event.actor for event in events],
            [event.type for event in events],
            [event.version for event in events],
            bodies,
            [event.mark for event in events],
            [reason for _, reason in held],
            self._clock.next(),
            [decode(foreign_of(whose, event)).key_scope() or None for event in events],
        )

    async def page(self, after: int, limit: int) -> Sequence[KeptBack]:
        """What is kept back, by id, from the first above `after`; what was dropped for good is left out."""
        async with reading(self._pool) as db:
            rows = await db.fetch(SELECT, after, limit)
            await self._keys.load(db, [row["body"] for row in rows])
        return [
            KeptBack(
                row["site"],
                Sent(
                    row["id"],
                    row["actor"],
                    row["type"],
                    row["version"],
                    self._keys.open(row["id"], row["body"]),
                    row["mark"],
                ),
            )
            for row in rows
        ]

    async def forget(self, db: Connection, ids: Sequence[int]) -> None:
        """Keep events no more."""
        await db.execute(FORGET, list(ids))
