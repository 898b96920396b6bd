"""What is being written: a fact of the person, so it goes to their devices and home alone. The words lie sealed."""

import asyncpg
import msgspec
import sqlalchemy as sa

from bilin.core.crypto import Keyring
from bilin.core.events import PersonalEvent, event
from bilin.core.ids import ConversationId, Id, MessageId, PersonId, derived_id
from bilin.core.registers import open_sealed, register, sealed_under
from bilin.core.tables import PERSONAL, metadata
from bilin.messaging.drafts.model import Draft
from bilin.messaging.messages.content import Content

draft = sa.Table(
    "draft",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("conversation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", sa.LargeBinary, info=sealed_under("person"), comment="sealed; null: nothing is left of it"),
    sa.Column("reply_to", sa.BigInteger, comment="the message that is answered"),
    sa.Column("id", sa.BigInteger, nullable=False),
    schema="messaging",
    info=PERSONAL,
)
drafts = register(draft, ("person", "conversation"), ("content", "reply_to"))


@event("messaging.draft_set", version=1, writes=[drafts()], believed="oneself", stays=True)
class DraftSet(PersonalEvent, frozen=True, kw_only=True):
    """A person wrote on at a draft. No content: it was sent, or given up."""

    conversation: ConversationId
    content: Content | None
    reply_to: MessageId | None
    follows: Id | None = None
    """The draft that it takes the place of. A device that shows another one shows words that are in neither: it keeps
    them."""

    def bumps(self) -> tuple[int, ...]:
        return (draft_entity(self.person, self.conversation),)


def draft_entity(person: PersonId, conversation: ConversationId) -> int:
    """What decisions about a draft expect to be unchanged."""
    return derived_id("messaging.draft", person, conversation)


DRAFTED = ", ".join(f"d.{column.name} AS draft_{column.name}" for column in draft.columns)
"""Of the table as `d`, where it has content; columns of their own names, beside others."""


def draft_of(keys: Keyring, row: asyncpg.Record) -> Draft | None:
    """The draft in a row with the columns `DRAFTED`; `keys.load` comes first."""
    if row["draft_content"] is None:
        return None
    placed = {each.name: row[f"draft_{each.name}"] for each in draft.columns}
    content = open_sealed(keys, draft.c.content, placed)
    return Draft(msgspec.Raw(content), row["draft_reply_to"], Id(row["draft_id"]))
