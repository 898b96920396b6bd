"""What is marked: a fact of the person, so it goes to their devices and home alone."""

import sqlalchemy as sa

from bilin.core.events import PersonalEvent, event
from bilin.core.ids import ConversationId, MessageId
from bilin.core.registers import register
from bilin.core.tables import PERSONAL, metadata

star = sa.Table(
    "star",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("message", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("conversation", sa.BigInteger, nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
    sa.Column("id", sa.BigInteger, nullable=False),
    sa.Index("star_list", "person", "id", postgresql_where=sa.text("present")),
    schema="messaging",
    info=PERSONAL,
)
stars = register(star, ("person", "message"), ("conversation", "present"))


@event("messaging.star_set", version=1, writes=[stars()], believed="oneself", stays=True)
class StarSet(PersonalEvent, frozen=True, kw_only=True):
    """A person marked a message for later, or took the mark off."""

    conversation: ConversationId
    message: MessageId
    present: bool
