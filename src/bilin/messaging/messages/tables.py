"""The table of messages."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from bilin.core.digests import NOT_COMPARED, compared, noticed
from bilin.core.tables import LOCAL, big, flag, metadata, zero

EXPECTED, TEXT, NOTICE = 0, 1, 2
BODY = {"sealed_under": "conversation"}
"""A sealed column whose place depends on more than the key of its row."""

message = sa.Table(
    "message",
    metadata,
    big("conversation", primary_key=True),
    big("id", primary_key=True),
    zero("seq", info=LOCAL),
    zero("sender"),
    zero("kind", sa.SmallInteger),
    sa.Column(
        "body",
        sa.LargeBinary,
        comment="sealed under body_id; null when recalled",
        info=BODY | noticed("has_body"),
    ),
    big("body_id", comment="the event that brought the body: the message itself, or its last edit"),
    sa.Column("quote", sa.LargeBinary, comment="sealed under id: what reply_to said", info=BODY | noticed("has_quote")),
    big("reply_to"),
    sa.Column("mentions", ARRAY(sa.BigInteger), comment="as sent: edits call nobody"),
    flag("mentions_all"),
    sa.Column("still", ARRAY(sa.BigInteger), comment="whom the last edit names; null: never edited", info=NOT_COMPARED),
    flag("still_all", info=NOT_COMPARED),
    big("recalled_by"),
    big("recalled_id"),
    big(
        "arrived", comment="when it came from another site, as an id of this one; null: it was written here", info=LOCAL
    ),
    sa.Index(
        "message_calling",
        "conversation",
        "seq",
        postgresql_where=sa.text("kind = 1 AND recalled_id IS NULL AND (mentions_all OR mentions IS NOT NULL)"),
    ),
    sa.Index(
        "message_recalled",
        "conversation",
        "seq",
        postgresql_where=sa.text("kind = 1 AND recalled_id IS NOT NULL"),
    ),
    schema="messaging",
    info=compared("messaging.messages", conversation="conversation", message="id", is_scoped=True),
    postgresql_partition_by="HASH (conversation)",
    comment="in 16 partitions, fixed for ever: smaller parts to vacuum and rebuild",
)
