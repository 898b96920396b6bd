"""Conversations that a member marked as unread."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
COMMENT = "as the member marked it, whatever was read"


def upgrade() -> None:
    """Forward. Defaults that are constants rewrite no row."""
    marked = sa.Column("unread", sa.Boolean, nullable=False, server_default=sa.false(), comment=COMMENT)
    for column in (marked, sa.Column("unread_id", sa.BigInteger, nullable=False, server_default="0")):
        op.add_column("member", column, schema="messaging")


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_column("member", "unread_id", schema="messaging")
    op.drop_column("member", "unread", schema="messaging")
