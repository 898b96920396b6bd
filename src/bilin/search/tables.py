"""The search index: for each text the pieces of it, as keyed numbers. It holds no word, and is made from the texts."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from bilin.core.tables import LOCAL, big, metadata

PENDING_KB = 1024
"""New rows are walked through by each search, until so much of them is sorted in (`gin_pending_list_limit`)."""

entry = sa.Table(
    "entry",
    metadata,
    big("id", primary_key=True, comment="of the text: a time"),
    sa.Column("scope", sa.BigInteger, nullable=False, comment="the conversation; says who may find it"),
    sa.Column("tokens", ARRAY(sa.Integer), nullable=False, comment="pieces, scope, sender, traits; under a key"),
    sa.Index(
        "entry_tokens",
        "tokens",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "on", "gin_pending_list_limit": PENDING_KB},
    ),
    schema="search",
    info=LOCAL,
    postgresql_partition_by="RANGE (id)",
    comment="a partition for each month, made when something of it is to be found",
)
