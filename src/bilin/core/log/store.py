"""The rows of the log: every SQL statement on `core.log` and its neighbours."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass

import asyncpg
import structlog

from bilin.core.crypto import BodyDamaged, Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded
from bilin.core.ids import Id, PersonId
from bilin.core.log.entry import Entry, decode_event, entry_of, pack_topics, type_of, unpack_topics

logger = structlog.get_logger(__name__)

INSERT_LOG = """
INSERT INTO core.log (pos, id, site, actor, key, span, type, version, topics, body)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::text[], $6::int[], $7::text[],
                     $8::smallint[], $9::bytea[], $10::bytea[])"""
SELECT_RANGE = "SELECT * FROM core.log WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_AUDIENCE = "SELECT pos, topics FROM core.log WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_AT = "SELECT * FROM core.log WHERE pos = ANY($1::bigint[]) ORDER BY pos"
SELECT_PRESENT = "SELECT id, pos FROM core.log WHERE id = ANY($1::bigint[])"
SELECT_KEYS = """
SELECT l.actor, l.key, l.id, l.pos + l.span - 1 AS last FROM core.log l
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
    span: int = 0
    """How many positions the event's decision takes, on the first of them."""


def row_of(record: Recorded[Event], data: bytes, span: int = 0) -> Row:
    """A recorded event and its JSON, encoded once for the log, the bus and all clients."""
    return Row(record, data, entry_of(record, data), span)


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
        [row.span for row in rows],
        [name for name, _ in types],
        [version for _, version in types],
        [pack_topics(row.entry.topics) for row in rows],
        [keys.seal(row.record.event.key_scope(), row.record.id, row.data) for row in rows],
    )


async def read_range(db: Connection, keys: Keyring, after: int, through: int) -> list[Row]:
    """The rows after one position through another, in order. Raises `BodyDamaged` when one was tampered with."""
    return [_opened(keys, row) for row in await _loaded(db, keys, await db.fetch(SELECT_RANGE, after, through))]


async def read_entries(db: Connection, keys: Keyring, after: int, through: int) -> list[Entry]:
    """The entries of a range for live delivery: what was tampered with is left out (and reported), not in the way."""
    return _entries(keys, await _loaded(db, keys, await db.fetch(SELECT_RANGE, after, through)))


async def read_for(db: Connection, keys: Keyring, topics: Container[int], after: int, through: int) -> list[Entry]:
    """The entries of some topics after one position through another, in order; like `read_entries` otherwise."""
    looked = await db.fetch(SELECT_AUDIENCE, after, through)
    wanted = [row["pos"] for row in looked if any(topic in topics for topic in unpack_topics(row["topics"]))]
    return _entries(keys, await _loaded(db, keys, await db.fetch(SELECT_AT, wanted))) if wanted else []


async def find_keys(db: Connection, sent: Sequence[tuple[int, str]]) -> dict[tuple[int, str], tuple[Id, int]]:
    """Which (actor, key) pairs are in the log already: id of the first event and position of the last."""
    rows = await db.fetch(SELECT_KEYS, [actor for actor, _ in sent], [key for _, key in sent])
    return {(row["actor"], row["key"]): (Id(row["id"]), row["last"]) for row in rows}


async def find_present(db: Connection, ids: Sequence[int]) -> dict[int, int]:
    """Which of these events are in the log, and where."""
    return {row["id"]: row["pos"] for row in await db.fetch(SELECT_PRESENT, list(ids))}


async def bump_versions(db: Connection, bumped: dict[int, int]) -> None:
    """Save the new versions of entities."""
    if bumped:
        await db.execute(UPSERT_VERSIONS, list(bumped), list(bumped.values()))


async def _loaded(db: Connection, keys: Keyring, stored: "list[asyncpg.Record]") -> "list[asyncpg.Record]":
    await keys.load(db, [row["body"] for row in stored])
    return stored


def _opened(keys: Keyring, row: "asyncpg.Record") -> Row:
    data = keys.open(row["id"], row["body"])
    actor = None if row["actor"] is None else PersonId(row["actor"])
    event = decode_event(row["type"], row["version"], data)
    return row_of(Recorded(row["pos"], Id(row["id"]), row["site"], actor, row["key"], event), data, row["span"])


def _entries(keys: Keyring, stored: "Iterable[asyncpg.Record]") -> list[Entry]:
    entries = []
    for row in stored:
        try:
            entries.append(_opened(keys, row).entry)
        except BodyDamaged:
            logger.exception("log.body_damaged", pos=row["pos"])
    return entries
