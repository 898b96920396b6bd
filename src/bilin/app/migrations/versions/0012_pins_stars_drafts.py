"""What is pinned, what people marked for later, and what they began to write; a login may come before a password."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "pin",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False, comment="who pinned it, or took it off"),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "message", name=op.f("pin_pkey")),
        schema="messaging",
    )
    op.create_table(
        "star",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation", sa.BigInteger(), nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "message", name=op.f("star_pkey")),
        schema="messaging",
    )
    op.create_index("star_list", "star", ["person", "id"], schema="messaging", postgresql_where=sa.text("present"))
    op.create_table(
        "draft",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=True, comment="sealed; null: nothing is left of it"),
        sa.Column("reply_to", sa.BigInteger(), nullable=True, comment="the message that is answered"),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("person", "conversation", name=op.f("draft_pkey")),
        schema="messaging",
    )
    op.alter_column("account", "password_set", schema="identity", server_default="0")


def downgrade() -> None:
    """Back, for the release before."""
    op.alter_column("account", "password_set", schema="identity", server_default=None)
    for table in ("draft", "star", "pin"):
        op.drop_table(table, schema="messaging")
