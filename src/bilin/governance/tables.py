"""The audit chain: one row for each position of the log."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, metadata

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("pos", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", sa.LargeBinary, nullable=False, comment="SHA-256 of the event"),
    sa.Column("chain", sa.LargeBinary, nullable=False, comment="HMAC of the chain before, the position and content"),
    sa.Column("key", sa.BigInteger, comment="which key made it; null: made without one by an earlier release"),
    schema="governance",
    info=LOCAL,
)
