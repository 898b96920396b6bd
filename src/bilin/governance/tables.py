"""The audit chain: one row for each position of the log."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, metadata

audit = sa.Table(
    "audit",
    metadata,
    sa.Column("pos", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("content", sa.LargeBinary, nullable=False, comment="SHA-256 of the event"),
    sa.Column("chain", sa.LargeBinary, nullable=False, comment="SHA-256 of the chain before, the position and content"),
    schema="governance",
    info=LOCAL,
)
