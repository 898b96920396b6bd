"""Seals anew what an earlier release sealed without its place, as a job of the worker.

It goes through the log once, through where it ended when the schema was upgraded. A row that somebody else works on is
left alone, and so is a body that does not lie where the log says: readers find that out (`placing`).
"""

import asyncio
from collections.abc import Sequence
from typing import Any, ClassVar

import asyncpg
import structlog

from bilin.core import database
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Recorded
from bilin.core.jobs import Arguments, Job, Schedule
from bilin.core.log import Follower
from bilin.core.log.follower import FollowerRunner
from bilin.core.log.store import Row
from bilin.core.site import Site
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.messages.bodies import open_body, open_quote, open_title, seal_title, sealed_again
from bilin.messaging.messages.events import MessageEdited
from bilin.messaging.messages.placing import Claim, belongs, claims_of

logger = structlog.get_logger(__name__)

PACE_S = 0.05
THROUGH = "messaging.reseal_through"
"""The follower whose position, written by the schema's upgrade, is where this ends."""
SELECT_THROUGH = "SELECT pos FROM core.follower WHERE name = $1"
SELECT_BODIES = """
SELECT m.conversation, m.id, m.sender, m.kind, m.body, m.body_id, m.quote, m.reply_to FROM messaging.message m
  JOIN (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS e(conversation, id)) e USING (conversation, id)
 WHERE get_byte(m.body, 0) = 1 OR get_byte(m.quote, 0) = 1 FOR UPDATE OF m SKIP LOCKED"""
UPDATE_BODIES = """
UPDATE messaging.message m SET body = n.body, quote = n.quote
  FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bytea[]) AS n(conversation, id, body, quote)
 WHERE m.conversation = n.conversation AND m.id = n.id"""
SELECT_TITLES = """
SELECT id, title, title_id FROM messaging.conversation
 WHERE id = ANY($1::bigint[]) AND title_id = ANY($2::bigint[]) AND get_byte(title, 0) = 1 FOR UPDATE SKIP LOCKED"""
UPDATE_TITLES = """
UPDATE messaging.conversation c SET title = n.title FROM unnest($1::bigint[], $2::bytea[]) AS n(id, title)
 WHERE c.id = n.id"""

Records = dict[int, Recorded[Any]]


class Resealing(Follower):
    """Seals anew what the events of these rows brought."""

    name: ClassVar[str] = "messaging.reseal"

    def __init__(self, keys: Keyring) -> None:
        self._keys = keys

    async def follow(self, db: Connection, rows: Sequence[Row]) -> None:
        records: Records = {
            int(row.record.id): row.record for row in rows if isinstance(row.record.event, ConversationEvent)
        }
        if records:
            await self._bodies(db, records)
            await self._titles(db, records)

    async def _bodies(self, db: Connection, records: Records) -> None:
        conversations = [record.event.conversation for record in records.values()]
        messages = [_message_of(record) for record in records.values()]
        found = await db.fetch(SELECT_BODIES, conversations, messages)
        await self._keys.load(db, [body for row in found for body in (row["body"], row["quote"])])
        sealed = [(row["conversation"], row["id"], *self._sealed(row, records)) for row in found]
        if sealed:
            await db.execute(UPDATE_BODIES, *map(list, zip(*sealed, strict=True)))

    def _sealed(self, row: "asyncpg.Record", records: Records) -> tuple[bytes | None, bytes | None]:
        body, quote = row["body"], row["quote"]
        for claim in claims_of(row):
            if not _is_here(claim, records):
                continue
            if claim.quoted is None:
                body = sealed_again(self._keys, row, open_body(self._keys, row))
            else:
                quote = sealed_again(self._keys, row, open_quote(self._keys, row), is_quote=True)
        return body, quote

    async def _titles(self, db: Connection, records: Records) -> None:
        conversations = [record.event.conversation for record in records.values()]
        found = await db.fetch(SELECT_TITLES, conversations, list(records))
        await self._keys.load(db, [row["title"] for row in found])
        right = [row for row in found if _is_here(Claim(row["title_id"], row["id"], 0, 0, is_title=True), records)]
        opened = [(row, open_title(self._keys, row["id"], row["title_id"], row["title"])) for row in right]
        sealed = [seal_title(self._keys, row["title_id"], row["id"], title) for row, title in opened]
        await db.execute(UPDATE_TITLES, [row["id"] for row in right], sealed)


def _is_here(claim: Claim, records: Records) -> bool:
    """Whether the event that brought a body is among these, and says that it lies where it belongs."""
    record = records.get(claim.event)
    if record is None:
        return False
    if not belongs(claim, record):
        logger.error("messaging.body_moved", conversation=claim.conversation, message=claim.message, by=claim.event)
        return False
    return True


def _message_of(record: Recorded[Any]) -> int:
    return record.event.message if isinstance(record.event, MessageEdited) else record.id


async def _reseal(site: Site, _: Arguments) -> None:
    """Go on through the log, to the end."""
    runner = FollowerRunner(Resealing(site.keys), site.pool, site.keys)
    while not await _is_done(site):
        await runner.step()
        await asyncio.sleep(PACE_S)


async def _is_done(site: Site) -> bool:
    async with database.reading(site.pool) as db:
        through = await db.fetchval(SELECT_THROUGH, THROUGH)
        at = await db.fetchval(SELECT_THROUGH, Resealing.name)
    return (at or 0) >= (through or 0)


reseal = Job(name="messaging.reseal", arguments=Arguments, run=_reseal, limit_s=3000)
hourly = Schedule(name="messaging.reseal", job=reseal, arguments=Arguments(), every_s=3600)
"""What an hour was not enough for goes on in the next: the position is kept."""
