"""What is pinned: a fact of the conversation, so it goes to all its members and sites."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.events import event
from bilin.core.ids import MessageId
from bilin.core.registers import register
from bilin.core.tables import metadata
from bilin.messaging.conversations.events import ConversationEvent

pin = sa.Table(
    "pin",
    metadata,
    sa.Column("conversation", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("person", sa.BigInteger, nullable=False, comment="who pinned it, or took it off"),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("id", sa.BigInteger, nullable=False),
    schema="messaging",
    info=compared("messaging.pins", conversation="conversation", message="message", is_scoped=True),
)
pins = register(pin, ("conversation", "message"), ("person", "present"))
"""The message itself need not be here; pins of a recalled one are kept and not shown."""


@event("messaging.pin_set", version=1, writes=[pins(person="actor")], believed="member", stays=True)
class PinSet(ConversationEvent, frozen=True, kw_only=True):
    """The actor pinned a message to its conversation, or took it off."""

    message: MessageId
    present: bool
