"""The rows of the log: every SQL statement on `core.log` and its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass

import asyncpg

from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded
from bilin.core.ids import Id, PersonId
from bilin.core.log.entry import Entry, decode_event, encode_event, entry_of, pack_topics, type_of, unpack_topics

INSERT_LOG = """
INSERT INTO core.log (pos, id, site, actor, key, type, version, topics, body)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::text[], $6::text[],
                     $7::smallint[], $8::bytea[], $9::bytea[])"""
SELECT_RANGE = "SELECT * FROM core.log WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_AUDIENCE = "SELECT pos, topics FROM core.log WHERE pos > $1 ORDER BY pos LIMIT $2"
SELECT_AT = "SELECT * FROM core.log WHERE pos = ANY($1::bigint[]) ORDER BY pos"
SELECT_PRESENT = "SELECT id, pos FROM core.log WHERE id = ANY($1::bigint[])"
SELECT_KEYS = """
SELECT l.actor, l.key, l.id, l.pos FROM core.log l
  JOIN unnest($1::bigint[], $2::text[]) AS sent(actor, key) ON l.actor = sent.actor AND l.key = sent.key"""
UPSERT_VERSIONS = """
INSERT INTO core.entity_version (entity, version) SELECT * FROM unnest($1::bigint[], $2::bigint[])
ON CONFLICT (entity) DO UPDATE SET version = greatest(entity_version.version, excluded.version)"""


@dataclass(slots=True, frozen=True)
class Row:
    """A recorded event with its JSON, ready for the log and the bus."""

    record: Recorded[Event]
    data: bytes
    entry: Entry


def row_of(record: Recorded[Event]) -> Row:
    """Encode a recorded event once, for the log, the bus and all clients."""
    data = encode_event(record.event)
    return Row(record, data, entry_of(record, data))


async def insert_rows(db: Connection, keys: Keyring, rows: Sequence[Row]) -> None:
    """Append rows; their data keys must be ready."""
    records = [row.record for row in rows]
    types = [type_of(record.event) for record in records]
    await db.execute(
        INSERT_LOG,
        [record.pos for record in records],
        [record.id for record in records],
        [record.site for record in records],
        [record.actor for record in records],
        [record.key for record in records],
        [name for name, _ in types],
        [version for _, version in types],
        [pack_topics(row.entry.topics) for row in rows],
        [keys.seal(row.record.event.key_scope(), row.record.id, row.data) for row in rows],
    )


async def read_range(db: Connection, keys: Keyring, after: int, through: int) -> list[Row]:
    """The rows after one position through another, in order."""
    return await _rows(db, keys, await db.fetch(SELECT_RANGE, after, through))


async def read_for(db: Connection, keys: Keyring, topics: set[int], after: int, limit: int) -> tuple[list[Entry], int]:
    """The entries of some topics among the `limit` positions after one; and the last position looked at."""
    looked = await db.fetch(SELECT_AUDIENCE, after, limit)
    wanted = [row["pos"] for row in looked if not topics.isdisjoint(unpack_topics(row["topics"]))]
    rows = await _rows(db, keys, await db.fetch(SELECT_AT, wanted)) if wanted else []
    return [row.entry for row in rows], looked[-1]["pos"] if looked else after


async def find_keys(db: Connection, sent: Sequence[tuple[int, str]]) -> dict[tuple[int, str], tuple[Id, int]]:
    """Which (actor, key) pairs are in the log already, with the first result of each."""
    rows = await db.fetch(SELECT_KEYS, [actor for actor, _ in sent], [key for _, key in sent])
    return {(row["actor"], row["key"]): (Id(row["id"]), row["pos"]) for row in rows}


async def find_present(db: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Which of these events are in the log, and where."""
    return {row["id"]: row["pos"] for row in await db.fetch(SELECT_PRESENT, list(ids))}


async def bump_versions(db: Connection, bumped: dict[int, int]) -> None:
    """Save the new versions of entities."""
    if bumped:
        await db.execute(UPSERT_VERSIONS, list(bumped), list(bumped.values()))


async def _rows(db: Connection, keys: Keyring, stored: Sequence["asyncpg.Record"]) -> list[Row]:
    await keys.load(db, [row["body"] for row in stored])
    result = []
    for row in stored:
        data = keys.open(row["id"], row["body"])
        record = Recorded(
            row["pos"],
            Id(row["id"]),
            row["site"],
            None if row["actor"] is None else PersonId(row["actor"]),
            row["key"],
            decode_event(row["type"], row["version"], data),
        )
        result.append(Row(record, data, entry_of(record, data)))
    return result
