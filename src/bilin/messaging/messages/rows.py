"""Rows of messages → `Message`. The columns are the same wherever messages are read."""

import asyncpg
import msgspec

from bilin.core.codec import from_json
from bilin.core.crypto import Keyring
from bilin.core.ids import ConversationId, Id, MessageId, PersonId
from bilin.messaging.messages.bodies import QuoteBody, StoredText, open_body, open_quote
from bilin.messaging.messages.model import Message, Quote, Recall, late_arrival
from bilin.messaging.messages.tables import TEXT
from bilin.messaging.reactions.model import Reaction

COLUMNS = """m.conversation, m.id, m.seq, m.sender, m.kind, m.body, m.body_id, m.quote, m.reply_to,
  m.recalled_by, m.recalled_id, m.arrived"""
"""Of the table `message` as `m`; what a page is cut from."""
SHOWN = f"""{COLUMNS}, q.recalled_id IS NOT NULL AS quote_recalled,
  (SELECT json_agg(json_build_array(t.emoji, t.person::text, t.id::text) ORDER BY t.id) FROM messaging.reaction t
    WHERE t.conversation = m.conversation AND t.message = m.id AND t.present AND m.recalled_id IS NULL) AS reactions,
  (SELECT s.id FROM messaging.star s WHERE s.person = me.person AND s.message = m.id AND s.present) AS starred"""  # noqa: S608 (constants only)
"""What the member `me` is shown of `m`, where `q` is what it answers."""
QUOTED = "LEFT JOIN messaging.message q ON q.conversation = m.conversation AND q.id = m.reply_to"

_decode_reactions = msgspec.json.Decoder(list[tuple[str, str, str]]).decode


def message_of(keys: Keyring, row: asyncpg.Record) -> Message:
    """A row with the columns `SHOWN`, opened. Its bodies must be loaded (`load_bodies`)."""
    is_text, recalled = row["kind"] == TEXT, row["recalled_id"] is not None
    plain = None if row["body"] is None else open_body(keys, row)
    text = from_json(plain, StoredText) if plain is not None and is_text and not recalled else None
    return Message(
        id=MessageId(row["id"]),
        conversation=ConversationId(row["conversation"]),
        sender=PersonId(row["sender"]),
        seq=row["seq"],
        kind="text" if is_text else "notice",
        content=text.content if text else None,
        notice=msgspec.Raw(plain) if plain is not None and not is_text else None,
        reply_to=_quote(keys, row),
        edited=Id(row["body_id"]) if text and row["body_id"] != row["id"] else None,
        recalled=Recall(PersonId(row["recalled_by"]), Id(row["recalled_id"])) if recalled else None,
        reactions=_reactions(row["reactions"]) if row["reactions"] else [],
        mentions=text.mentions if text else [],
        mentions_all=text.mentions_all if text else False,
        arrived=late_arrival(row["id"], row["arrived"]),
        starred=None if row["starred"] is None else Id(row["starred"]),
    )


def _quote(keys: Keyring, row: asyncpg.Record) -> Quote | None:
    if row["quote"] is None:
        return None
    body = from_json(open_quote(keys, row), QuoteBody)
    recalled = row["quote_recalled"]
    return Quote(MessageId(row["reply_to"]), body.sender, "" if recalled else body.text, recalled)


def _reactions(found: str) -> list[Reaction]:
    by_emoji: dict[str, Reaction] = {}
    for emoji, person, identifier in _decode_reactions(found):
        reaction = by_emoji.setdefault(emoji, Reaction(emoji, [], []))
        reaction.people.append(PersonId(int(person)))
        reaction.ids.append(Id(int(identifier)))
    return list(by_emoji.values())
