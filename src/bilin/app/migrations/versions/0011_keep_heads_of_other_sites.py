"""Heads of the other sites' audit chains are kept, so that a site that was set back or rewritten is found out."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "head",
        sa.Column("site", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.Column("chain", sa.LargeBinary(), nullable=False),
        sa.Column("heard_ms", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("site", "run", name=op.f("head_pkey")),
        schema="sites",
        comment="the last audit link that was heard of each run of another site's log",
    )


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_table("head", schema="sites")
