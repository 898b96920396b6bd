"""The rows of the log: every SQL statement on `core.log` and its neighbours."""

import struct
from collections.abc import Container, Sequence

import asyncpg
import msgspec
import structlog

from bilin.core.crypto import BodyDamaged, Keyring
from bilin.core.database import Connection
from bilin.core.errors import BilinError
from bilin.core.events import EVENT_TYPES, Event, Recorded, Unknown
from bilin.core.ids import Id, PersonId
from bilin.core.log.decision import Kept
from bilin.core.log.entry import Entry, decode_event, entry_of, pack_topics, settled, unpack_topics
from bilin.core.log.retelling import as_shown_now
from bilin.core.scopes import in_effect

logger = structlog.get_logger(__name__)

INSERT_LOG = """
INSERT INTO core.log (pos, id, site, actor, key, span, type, version, topics, body, scope, arrived, mark, command)
SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::smallint[], $4::bigint[], $5::text[], $6::int[], $7::text[],
                     $8::smallint[], $9::bytea[], $10::bytea[], $11::bigint[], $12::bigint[], $13::bytea[],
                     $14::bytea[])"""
SELECT_RANGE = "SELECT * FROM core.log WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_HEADS = "SELECT pos, id, type, scope FROM core.log WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_AUDIENCE = "SELECT pos, topics FROM core.log WHERE pos > $1 AND pos <= $2 ORDER BY pos"
SELECT_BY_ID = "SELECT * FROM core.log WHERE id = ANY($1::bigint[])"
SELECT_AT = "SELECT * FROM core.log WHERE pos = ANY($1::bigint[]) ORDER BY pos"
INSERT_RUN = """
INSERT INTO core.run (number, id, first_pos)
SELECT coalesce((SELECT max(number) FROM core.run), 0) + 1, $1, coalesce((SELECT max(pos) FROM core.log), 0) + 1"""
SELECT_RUNS = "SELECT id, first_pos FROM core.run ORDER BY number"
SELECT_RUN = "SELECT id FROM core.run ORDER BY number DESC LIMIT 1"
SELECT_RAW = """
SELECT * FROM core.log WHERE pos > $1 AND pos <= $2 AND site = $3 ORDER BY pos LIMIT $4"""
SELECT_RAW_SCOPE = """
SELECT * FROM core.log WHERE pos > $1 AND pos <= $2 AND site = $3 AND scope = $5 ORDER BY pos LIMIT $4"""
SELECT_PRESENT = "SELECT id, pos FROM core.log WHERE id = ANY($1::bigint[])"
SELECT_KEYS = """
SELECT l.actor, l.key, l.id, l.pos + l.span - 1 AS last, l.command FROM core.log l
  JOIN unnest($1::bigint[], $2::text[]) AS sent(actor, key) ON l.actor = sent.actor AND l.key = sent.key"""
INSERT_UNAPPLIED = """
INSERT INTO core.unapplied (pos, type, known) SELECT * FROM unnest($1::bigint[], $2::text[], $3::smallint[])"""
UPDATE_AUDIENCE = """
UPDATE core.log l SET scope = a.scope, topics = a.topics
  FROM unnest($1::bigint[], $2::bigint[], $3::bytea[]) AS a(pos, scope, topics) WHERE l.pos = a.pos"""
UPSERT_VERSIONS = """
INSERT INTO core.entity_version (entity, version) SELECT * FROM unnest($1::bigint[], $2::bigint[])
ON CONFLICT (entity) DO UPDATE SET version = greatest(entity_version.version, excluded.version)"""


class Row(msgspec.Struct, frozen=True):
    """A recorded event with its JSON, ready for the log and the bus."""

    record: Recorded[Event]
    data: bytes
    version: int
    """Of its type, as its own site wrote it: this program may know an earlier or later one."""
    entry: Entry
    scope: int
    """The conversation it belongs to, or 0."""
    span: int = 0
    """How many positions the event's decision takes, on the first of them."""
    mark: bytes | None = None
    """What came with it from another site."""
    audience: "Audience | None" = None
    """Who sees it, as it lies in the log; None: it does not lie there yet."""
    command: bytes | None = None
    """A fingerprint of the command that its key came with."""


class Audience(msgspec.Struct, frozen=True):
    """Topics (packed) and conversation of a row of the log."""

    topics: bytes
    scope: int | None


class Damaged(msgspec.Struct, frozen=True):
    """A row of the log whose body cannot be opened, or is no event."""

    pos: int
    id: int
    reason: str


class Raw(msgspec.Struct, frozen=True):
    """An event as it goes to another site."""

    pos: int
    id: int
    actor: int | None
    type: str
    version: int
    scope: int | None
    """The conversation it belongs to."""
    topics: tuple[int, ...]
    data: bytes
    """Its JSON, as its own site wrote it."""
    mark: bytes


def row_of(
    record: Recorded[Event],
    data: bytes,
    version: int,
    span: int = 0,
    mark: bytes | None = None,
    command: bytes | None = None,
) -> Row:
    """A recorded event and its JSON, encoded once for the log, the bus and all clients."""
    entry = entry_of(record, data, version)
    return Row(record, data, version, entry, record.event.key_scope(), span, mark, command=command)


async def insert_rows(db: Connection, keys: Keyring, rows: Sequence[Row]) -> None:
    """Append rows; their data keys must be ready."""
    records = [row.record for row in rows]
    await db.execute(
        INSERT_LOG,
        [record.pos for record in records],
        [record.id for record in records],
        [record.site for record in records],
        [record.actor for record in records],
        [record.key for record in records],
        [row.span for row in rows],
        [row.entry.type for row in rows],
        [row.version for row in rows],
        [pack_topics(row.entry.topics) for row in rows],
        [keys.seal(row.scope, row.record.id, row.data) for row in rows],
        [row.scope or None for row in rows],
        [record.arrived for record in records],
        [row.mark for row in rows],
        [row.command for row in rows],
    )


async def read_range(db: Connection, keys: Keyring, after: int, through: int) -> list[Row]:
    """The rows after one position through another, in order. Raises `BodyDamaged` when one was tampered with."""
    return [_opened(keys, row) for row in await _loaded(db, keys, await db.fetch(SELECT_RANGE, after, through))]


async def read_stored(db: Connection, keys: Keyring, after: int, through: int) -> "list[tuple[asyncpg.Record, bytes]]":
    """The columns of the same rows, each with its event's JSON."""
    stored = await _loaded(db, keys, await db.fetch(SELECT_RANGE, after, through))
    return [(row, keys.open(row["id"], row["body"])) for row in stored]


async def read_doubtfully(db: Connection, keys: Keyring, after: int, through: int) -> list[Row | Damaged]:
    """`read_range` for who looks for damage: what cannot be opened is named instead of raised."""
    stored = await db.fetch(SELECT_RANGE, after, through)
    found: list[Row | Damaged] = []
    for row in stored:
        try:
            await keys.load(db, [row["body"]])
            found.append(_opened(keys, row))
        except (BilinError, msgspec.DecodeError, struct.error) as cause:
            found.append(Damaged(row["pos"], row["id"], str(cause)))
    return found


async def read_at(db: Connection, keys: Keyring, positions: Sequence[int]) -> list[Row]:
    """The rows at these positions, in order; like `read_range` otherwise."""
    return [_opened(keys, row) for row in await _loaded(db, keys, await db.fetch(SELECT_AT, positions))]


async def read_heads(db: Connection, after: int, through: int) -> "list[asyncpg.Record]":
    """`pos`, `id`, `type` and `scope` (None: none, or not known yet) of the same rows: nothing is opened."""
    found: list[asyncpg.Record] = await db.fetch(SELECT_HEADS, after, through)
    return found


async def read_by_id(db: Connection, keys: Keyring, ids: Sequence[int]) -> list[Row]:
    """The rows of these events, as far as they are here, in no order; like `read_range` otherwise."""
    return [_opened(keys, row) for row in await _loaded(db, keys, await db.fetch(SELECT_BY_ID, ids))]


async def note_unapplied(db: Connection, rows: Sequence[Row]) -> None:
    """Remember which of these rows of other sites are to be applied (again) after an upgrade."""
    later = [(row.record.pos, row.entry.type, known) for row in rows if (known := known_version(row)) < row.version]
    if later:
        await db.execute(INSERT_UNAPPLIED, *map(list, zip(*later, strict=True)))


def known_version(row: Row) -> int:
    """The version of a row's type that this program knows; 0: it does not know the type."""
    known = EVENT_TYPES.get(row.entry.type)
    return 0 if known is None else known.version


async def update_audience(db: Connection, rows: Sequence[Row]) -> None:
    """Write down who sees events, and which conversations they belong to, when that was learned later."""
    topics = [pack_topics(row.entry.topics) for row in rows]
    await db.execute(UPDATE_AUDIENCE, [row.record.pos for row in rows], [row.scope or None for row in rows], topics)


async def read_entries(db: Connection, keys: Keyring, after: int, through: int) -> list[Entry]:
    """The entries of a range for live delivery: what was tampered with is left out (and reported), not in the way."""
    return await _entries(db, keys, await db.fetch(SELECT_RANGE, after, through))


async def read_raw(
    db: Connection, keys: Keyring, *, site: int, after: int, through: int, scope: int | None = None, limit: int
) -> list[Raw]:
    """The first events after one position through another that began at a site, of one conversation or of all.

    Fewer than `limit` means that these are all. What was written here gets its mark now; the others have the one they
    came with. Raises `BodyDamaged` when one was tampered with.
    """
    if scope is None:
        stored = await db.fetch(SELECT_RAW, after, through, site, limit)
    else:
        stored = await db.fetch(SELECT_RAW_SCOPE, after, through, site, limit, scope)
    return [_raw(keys, row) for row in await _loaded(db, keys, stored)]


async def insert_run(db: Connection, run: int) -> None:
    """A log writer begins: what it will write belongs to this run."""
    await db.execute(INSERT_RUN, run)


async def read_runs(db: Connection) -> list[tuple[int, int]]:
    """The runs of this log, first to last: (id, the first position it could give). One ends where the next begins."""
    return [(row["id"], row["first_pos"]) for row in await db.fetch(SELECT_RUNS)]


async def read_latest_id(db: Connection) -> int:
    """The highest id in the log; 0 when it is empty."""
    latest: int = await db.fetchval("SELECT coalesce(max(id), 0) FROM core.log")
    return latest


async def read_run(db: Connection) -> int:
    """The present run of this log; 0 when it was never opened."""
    run: int | None = await db.fetchval(SELECT_RUN)
    return run or 0


async def read_for(db: Connection, keys: Keyring, topics: Container[int], after: int, through: int) -> list[Entry]:
    """The entries of some topics after one position through another, in order; like `read_entries` otherwise."""
    looked = await db.fetch(SELECT_AUDIENCE, after, through)
    wanted = [row["pos"] for row in looked if any(topic in topics for topic in unpack_topics(row["topics"]))]
    return await _entries(db, keys, await db.fetch(SELECT_AT, wanted)) if wanted else []


async def find_keys(db: Connection, sent: Sequence[tuple[int, str]]) -> dict[tuple[int, str], Kept]:
    """Which (actor, key) pairs are in the log already, and what they resulted in."""
    rows = await db.fetch(SELECT_KEYS, [actor for actor, _ in sent], [key for _, key in sent])
    return {(row["actor"], row["key"]): Kept(Id(row["id"]), row["last"], row["command"]) for row in rows}


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
    arrived = None if row["arrived"] is None else Id(row["arrived"])
    event = _decoded(row, data)
    record = Recorded(row["pos"], Id(row["id"]), row["site"], actor, row["key"], event, arrived)
    found = row_of(record, data, row["version"], row["span"], row["mark"])
    return msgspec.structs.replace(found, audience=Audience(row["topics"], row["scope"]), command=row["command"])


def _decoded(row: "asyncpg.Record", data: bytes) -> Event:
    try:
        return decode_event(row["type"], row["version"], data)
    except msgspec.DecodeError:
        if row["arrived"] is None:
            raise
        logger.exception("log.undecodable", pos=row["pos"], site=row["site"])  # it came before its type was known here
        return Unknown(name=row["type"], version=row["version"], data=msgspec.Raw(data))


def _raw(keys: Keyring, row: "asyncpg.Record") -> Raw:
    about = row["id"], row["actor"], row["type"], row["version"]
    data = keys.open(row["id"], row["body"])
    mark = keys.mark(*about, data) if row["mark"] is None else row["mark"]
    return Raw(row["pos"], *about, row["scope"], tuple(unpack_topics(row["topics"])), data, mark)


async def _entries(db: Connection, keys: Keyring, stored: "list[asyncpg.Record]") -> list[Entry]:
    rows: list[Row] = []
    for row in await _loaded(db, keys, stored):
        try:
            rows.append(_opened(keys, row))
        except BodyDamaged:
            logger.exception("log.body_damaged", pos=row["pos"])
        except msgspec.DecodeError:
            logger.exception("log.undecodable", pos=row["pos"], site=row["site"])
    return await as_shown_now(db, keys, await _settled(db, rows))


async def committed_entries(db: Connection, keys: Keyring, rows: Sequence[Row]) -> list[Entry]:
    """The entries of rows that were just applied, to be delivered live.

    What was written here is right as it is: its id was the latest. Of what came from other sites, it is asked what of
    it is in effect now, and what of it may still be shown; when that changes later, a later entry says so.
    """
    entries = await _settled(db, rows)
    late = [place for place, row in enumerate(rows) if row.record.arrived is not None]
    if late:
        for place, entry in zip(late, await as_shown_now(db, keys, [entries[at] for at in late]), strict=True):
            entries[place] = entry
    return entries


async def _settled(db: Connection, rows: Sequence[Row]) -> list[Entry]:
    """The entries of rows that are in the log and applied; see `entry.settled`."""
    changing = [row.entry for row in rows if row.record.arrived is not None and _changes_subscriptions(row.entry)]
    if not changing:
        return [row.entry for row in rows]
    pairs = {pair for entry in changing for pair in (*entry.subscribes, *entry.unsubscribes)}
    true = await in_effect(db, list(pairs))
    return [row.entry if row.record.arrived is None else settled(row.entry, true) for row in rows]


def _changes_subscriptions(entry: Entry) -> bool:
    return bool(entry.subscribes or entry.unsubscribes)
