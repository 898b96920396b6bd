"""The table of audit heads."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, big, metadata, small

head = sa.Table(
    "head",
    metadata,
    small("site", primary_key=True),
    big("run", primary_key=True),
    big("pos", nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    big("heard_ms", nullable=False),
    schema="sites",
    info=LOCAL,
    comment="the last audit link that was heard of each run of another site's log",
)
