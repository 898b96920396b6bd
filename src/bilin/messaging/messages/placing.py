"""Bodies that an earlier release sealed without their place: the log says where they belong, and they are sealed anew.

What the log says cannot be changed: its bodies are sealed under the id of their event, which the audit chain covers.
Until such a body is sealed anew, whoever reads it asks the log first (decision 0034).
"""

from collections.abc import Iterable, Sequence
from typing import Any

import asyncpg
import msgspec

from bilin.core.crypto import BodyDamaged, Keyring, is_unplaced
from bilin.core.database import Connection
from bilin.core.events import Recorded
from bilin.core.log.store import read_by_id
from bilin.messaging.conversations.events import ConversationCreated, ConversationEvent, ConversationRenamed
from bilin.messaging.messages.events import MessageEdited, MessageSent
from bilin.messaging.messages.tables import NOTICE


class Claim(msgspec.Struct, frozen=True):
    """Where a body lies, in a row that somebody may have changed."""

    event: int
    conversation: int
    message: int
    sender: int
    quoted: int | None = None
    """What a quote is of."""
    is_notice: bool = False
    is_title: bool = False


async def load_bodies(db: Connection, keys: Keyring, rows: "Iterable[asyncpg.Record]") -> None:
    """Have ready what opens the bodies and quotes of these rows. Raises `BodyDamaged` when one lies where it does not
    belong."""
    rows = list(rows)
    bodies = [body for row in rows for body in (row["body"], row["quote"]) if body is not None]
    await keys.load(db, bodies)
    if any(map(is_unplaced, bodies)):
        await _ask_log(db, keys, [claim for row in rows for claim in claims_of(row)])


async def load_titles(db: Connection, keys: Keyring, rows: Sequence[asyncpg.Record], by: str = "c_id") -> None:
    """`load_bodies` of titles; `by` is the column with the id of the conversation."""
    await keys.load(db, [row["title"] for row in rows])
    unplaced = [row for row in rows if row["title"] is not None and is_unplaced(row["title"])]
    if unplaced:
        await _ask_log(db, keys, [Claim(row["title_id"], row[by], 0, 0, is_title=True) for row in unplaced])


def claims_of(row: "asyncpg.Record") -> Iterable[Claim]:
    """Of a row of `message` the bodies that were sealed without their place."""
    place = row["conversation"], row["id"], row["sender"]
    if row["body"] is not None and is_unplaced(row["body"]):
        yield Claim(row["body_id"], *place, is_notice=row["kind"] == NOTICE)
    if row["quote"] is not None and is_unplaced(row["quote"]):
        yield Claim(row["id"], *place, quoted=row["reply_to"] or 0)


async def _ask_log(db: Connection, keys: Keyring, claims: Sequence[Claim]) -> None:
    said = {int(row.record.id): row.record for row in await read_by_id(db, keys, [claim.event for claim in claims])}
    for claim in claims:
        record = said.get(claim.event)
        if record is None or not belongs(claim, record):
            raise BodyDamaged(id=str(claim.event))


def belongs(claim: Claim, record: Recorded[Any]) -> bool:
    """Whether the event of a body says that it belongs where it lies."""
    event = record.event
    if not isinstance(event, ConversationEvent) or event.conversation != claim.conversation:
        return False
    if claim.is_title:
        return isinstance(event, ConversationCreated | ConversationRenamed)
    if isinstance(event, MessageEdited):
        return event.message == claim.message and claim.quoted is None and not claim.is_notice
    if record.id != claim.message or (record.actor or 0) != claim.sender:
        return False
    if not isinstance(event, MessageSent):
        return claim.is_notice
    quoted = event.reply_to.id if event.reply_to else None
    return not claim.is_notice and claim.quoted in (None, quoted)
