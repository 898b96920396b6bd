"""What search is told of messages (`bilin.core.searchable`): their words, for the index and for who may read them."""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import asyncpg

from bilin.core.codec import from_json
from bilin.core.crypto import Keyring
from bilin.core.database import Connection
from bilin.core.events import Event, Recorded
from bilin.core.ids import PersonId
from bilin.core.searchable import Around, Document, Indexed, NearbyLine, Place
from bilin.messaging.members.reading import readable
from bilin.messaging.messages.bodies import TextBody, open_body
from bilin.messaging.messages.content import FILE_TYPES, Code, Content, Items, Link, Span
from bilin.messaging.messages.content_rules import plain_text
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.placing import load_bodies

LINE_CHARS = 140
ADDRESS = re.compile(r"\bhttps?://|\bwww\.", re.IGNORECASE)
"""An address that was typed as text: readers are shown a link."""
COLUMNS = "m.conversation, m.id, m.sender, m.kind, m.body, m.body_id, NULL::bytea AS quote, m.reply_to"
SAID = "m.kind = 1 AND m.recalled_id IS NULL AND m.body IS NOT NULL"
PLACES = "unnest($1::bigint[], $2::bigint[]) AS p(conversation, id)"
AT = "JOIN messaging.message m ON m.conversation = p.conversation AND m.id = p.id"
READ = f"SELECT {COLUMNS} FROM {PLACES} {AT} WHERE {SAID}"  # noqa: S608 (constants only)
READABLE = f"""
SELECT {COLUMNS} FROM {PLACES} JOIN messaging.member me ON {readable("$3", "p.conversation")} {AT}
 WHERE {SAID}"""  # noqa: S608 (constants only)
BESIDE = """
  (SELECT {columns} FROM messaging.message m WHERE m.conversation = p.conversation AND m.id {sign} p.id AND {said}
    ORDER BY m.id {order} LIMIT 1)"""
BEFORE = BESIDE.format(columns=COLUMNS, said=SAID, sign="<", order="DESC")
AFTER = BESIDE.format(columns=COLUMNS, said=SAID, sign=">", order="ASC")
AROUND = f"""
SELECT p.id AS found, n.* FROM {PLACES} JOIN messaging.member me ON {readable("$3", "p.conversation")}
 CROSS JOIN LATERAL ({BEFORE} UNION ALL {AFTER}) n"""  # noqa: S608 (constants only)
WALK = """
SELECT conversation, id FROM messaging.message WHERE (conversation, id) > ($1, $2)
 ORDER BY conversation, id LIMIT $3"""
COUNT = """
SELECT coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
 WHERE i.inhparent = 'messaging.message'::regclass"""


def touched(record: Recorded[Event]) -> Iterable[Place]:
    """The message that an event is about."""
    event = record.event
    if isinstance(event, MessageSent):
        return [(event.conversation, record.id)]
    return [(event.conversation, event.message)] if isinstance(event, MessageEdited | MessageRecalled) else ()


async def read(db: Connection, keys: Keyring, places: Sequence[Place]) -> list[Document]:
    """Texts that are there and not recalled."""
    rows = await db.fetch(READ, *_columns(places))
    return await _opened(db, keys, rows)


async def readable_by(db: Connection, keys: Keyring, person: PersonId, places: Sequence[Place]) -> list[Document]:
    """Those of them that the timeline shows to a person."""
    rows = await db.fetch(READABLE, *_columns(places), person)
    return await _opened(db, keys, rows)


async def around(db: Connection, keys: Keyring, person: PersonId, places: Sequence[Place]) -> Mapping[int, Around]:
    """The texts before and after each."""
    rows = await db.fetch(AROUND, *_columns(places), person)
    lines = [NearbyLine(each.sender, each.text[:LINE_CHARS]) for each in await _opened(db, keys, rows)]
    found: dict[int, Around] = {}
    for row, line in zip(rows, lines, strict=True):
        before, after = found.get(row["found"], (None, None))
        found[row["found"]] = (line, after) if row["id"] < row["found"] else (before, line)
    return found


async def walk(db: Connection, after: Place, limit: int) -> list[Place]:
    """The next messages, by conversation."""
    return [(row["conversation"], row["id"]) for row in await db.fetch(WALK, *after, limit)]


async def count(db: Connection) -> int:
    """As many as the database thinks there are."""
    found: int = await db.fetchval(COUNT)
    return found


async def _opened(db: Connection, keys: Keyring, rows: Sequence[asyncpg.Record]) -> list[Document]:
    await load_bodies(db, keys, rows)
    return [_document(row, from_json(open_body(keys, row), TextBody)) for row in rows]


def _document(row: asyncpg.Record, body: TextBody) -> Document:
    text = plain_text(body.content)
    traits = {f"calls {person}" for person in body.mentions}
    traits.update(["calls all"] if body.mentions_all else ())
    traits.update(["reply"] if row["reply_to"] is not None else ())
    traits.update(["code"] if any(isinstance(block, Code) for block in body.content.blocks) else ())
    traits.update(["file"] if any(isinstance(block, FILE_TYPES) for block in body.content.blocks) else ())
    traits.update(["link"] if ADDRESS.search(text) or any(map(_is_link, _spans(body.content))) else ())
    return Document(row["conversation"], row["id"], PersonId(row["sender"]), text, frozenset(traits))


def _is_link(span: Span) -> bool:
    return isinstance(span, Link)


def _spans(content: Content) -> Iterable[Span]:
    for block in content.blocks:
        if isinstance(block, Items):
            yield from (span for item in block.items for span in item)
        elif not isinstance(block, (Code, *FILE_TYPES)):
            yield from block.spans


def _columns(places: Sequence[Place]) -> tuple[list[Any], list[Any]]:
    return [scope for scope, _ in places], [identifier for _, identifier in places]


MESSAGES = Indexed(
    kind="message",
    brought_by=frozenset({MessageSent.TYPE.name}),
    changed_by=frozenset({MessageEdited.TYPE.name, MessageRecalled.TYPE.name}),
    touched=touched,
    read=read,
    readable=readable_by,
    around=around,
    walk=walk,
    count=count,
)
