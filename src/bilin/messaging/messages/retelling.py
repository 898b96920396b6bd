"""What of what people said may still be shown to who hears of it later.

Recalled words are shown nowhere any more, and of edited words only the newest, whoever asks and from whichever position
of the log. The log itself keeps them, sealed, until retention drops them: for holds, exports and the audit.
"""

from collections.abc import Iterable, Sequence

import asyncpg
import msgspec
import structlog

from bilin.core.codec import from_json, to_json
from bilin.core.crypto import BodyDamaged, Keyring
from bilin.core.database import Connection
from bilin.core.log import Entry
from bilin.messaging.messages.bodies import StoredText, open_body
from bilin.messaging.messages.events import MessageEdited, MessageRecalled, MessageSent
from bilin.messaging.messages.placing import load_bodies

logger = structlog.get_logger(__name__)

SENT, EDITED, RECALLED = (each.TYPE.name for each in (MessageSent, MessageEdited, MessageRecalled))
NO_WORDS = msgspec.Raw(b'{"blocks":[]}')
NULL = msgspec.Raw(b"null")
ANSWERS_NOTHING = b'"reply_to":null'
SELECT_CHANGED = """
SELECT m.conversation, m.id, m.sender, m.kind, m.recalled_id, m.body, m.body_id, NULL::bytea AS quote, m.reply_to
  FROM messaging.message m
  JOIN unnest($1::bigint[], $2::bigint[], $3::bool[]) AS asked(conversation, id, edited) USING (conversation, id)
 WHERE m.recalled_id IS NOT NULL OR m.body_id <> m.id OR asked.edited"""

Fields = dict[str, msgspec.Raw]
_decode_fields = msgspec.json.Decoder(Fields).decode


class _Quoted(msgspec.Struct):
    id: str | int


class _Spoken(msgspec.Struct):
    """What an entry about words names."""

    conversation: str | int
    message: str | int | None = None
    reply_to: _Quoted | None = None


_decode_spoken = msgspec.json.Decoder(_Spoken).decode


class Words(msgspec.Struct, frozen=True):
    """The messages whose words an entry carries: its own, and the one that it answers."""

    conversation: int
    message: int
    quoted: int | None
    is_edit: bool


def words_of(entry: Entry) -> Words | None:
    """Whose words an entry carries; None: none."""
    if entry.type == SENT:
        spoken = _decode_spoken(entry.shown)
        return Words(int(spoken.conversation), entry.id, int(spoken.reply_to.id) if spoken.reply_to else None, False)
    if entry.type == EDITED:
        spoken = _decode_spoken(entry.shown)
        return Words(int(spoken.conversation), int(spoken.message or 0), None, True)
    return None


def said_in(entry: Entry) -> tuple[int, int | None]:
    """Of an entry with words (`SENT` or `EDITED`) the message, and the one that it answers."""
    if entry.type == SENT and ANSWERS_NOTHING in entry.frame:
        return entry.id, None
    words = words_of(entry)
    return (words.message, words.quoted) if words else (0, None)


def change_of(entry: Entry) -> tuple[int, msgspec.Raw | None]:
    """Of an entry that changes words (`EDITED` or `RECALLED`) the message, and what it says now; None: nothing."""
    fields = _decode_fields(entry.shown)
    message = msgspec.json.decode(fields["message"], type=str | int)
    return int(message), fields["content"] if entry.type == EDITED else None


def without_words(data: bytes) -> bytes:
    """A message that was sent or edited, when it is recalled by now. Who was called stays: it was counted."""
    fields = _decode_fields(data)
    fields["content"] = NO_WORDS
    if "reply_to" in fields:
        fields["reply_to"] = NULL
    return to_json(fields)


def without_quote(data: bytes) -> bytes:
    """A message that was sent, when what it answers is recalled by now."""
    fields = _decode_fields(data)
    quote = _decode_fields(fields["reply_to"])
    quote |= {"text": msgspec.Raw(b'""'), "recalled": msgspec.Raw(b"true")}
    return to_json(fields | {"reply_to": msgspec.Raw(to_json(quote))})


def with_newest(data: bytes, content: msgspec.Raw) -> bytes:
    """A message that was sent or edited, with the words it has by now."""
    return to_json(_decode_fields(data) | {"content": content})


async def retell(db: Connection, keys: Keyring, entries: Sequence[Entry]) -> list[Entry]:
    """The entries with what of them may be shown now."""
    spoken = [(place, words) for place, entry in enumerate(entries) if (words := words_of(entry)) is not None]
    retold = list(entries)
    if not spoken:
        return retold
    changed = await _changed(db, [words for _, words in spoken])
    for place, words in spoken:
        retold[place] = await _retold(db, keys, retold[place], words, changed)
    return retold


async def _changed(db: Connection, spoken: Iterable[Words]) -> "dict[int, asyncpg.Record]":
    asked = {(each.conversation, each.message): False for each in spoken}
    asked |= {(each.conversation, each.quoted): False for each in spoken if each.quoted is not None}
    asked |= {(each.conversation, each.message): True for each in spoken if each.is_edit}
    conversations, messages = zip(*asked, strict=True)
    rows = await db.fetch(SELECT_CHANGED, conversations, messages, list(asked.values()))
    return {row["id"]: row for row in rows}


async def _retold(
    db: Connection, keys: Keyring, entry: Entry, words: Words, changed: "dict[int, asyncpg.Record]"
) -> Entry:
    own, quoted = changed.get(words.message), changed.get(words.quoted or 0)
    if own is not None and own["recalled_id"] is not None:
        return entry.retold(without_words(entry.shown))
    if own is not None and own["body_id"] != entry.id and own["body"] is not None:
        newest = await _newest(db, keys, own)
        entry = entry.retold(without_words(entry.shown) if newest is None else with_newest(entry.shown, newest))
    if quoted is not None and quoted["recalled_id"] is not None:
        entry = entry.retold(without_quote(entry.shown))
    return entry


async def _newest(db: Connection, keys: Keyring, row: "asyncpg.Record") -> msgspec.Raw | None:
    """What a message says now; None when its row was damaged: then it is better silent than wrong."""
    try:
        await load_bodies(db, keys, [row])
        return from_json(open_body(keys, row), StoredText).content
    except (BodyDamaged, msgspec.DecodeError):
        logger.exception("messaging.body_damaged", conversation=row["conversation"], message=row["id"])
        return None
