"""What was recalled, or names a person no more, is not counted as unread: whom edits name, and indexes to count by."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0007"
down_revision = "0006"

CALLING = "kind = 1 AND recalled_id IS NULL AND (mentions_all OR mentions IS NOT NULL)"
RECALLED = "kind = 1 AND recalled_id IS NOT NULL"
STILL = "whom the last edit names; null: never edited"


def upgrade() -> None:
    """Forward. Edits of before keep calling whom the message called: their words are sealed."""
    op.add_column("message", sa.Column("still", postgresql.ARRAY(sa.BigInteger()), comment=STILL), schema="messaging")
    flag: sa.Column[bool] = sa.Column("still_all", sa.Boolean(), server_default=sa.false(), nullable=False)
    op.add_column("message", flag, schema="messaging")
    for name, where in (("message_calling", CALLING), ("message_recalled", RECALLED)):
        op.create_index(name, "message", ["conversation", "seq"], schema="messaging", postgresql_where=sa.text(where))


def downgrade() -> None:
    """Back, for the release before."""
    for name in ("message_recalled", "message_calling"):
        op.drop_index(name, "message", schema="messaging")
    op.drop_column("message", "still_all", schema="messaging")
    op.drop_column("message", "still", schema="messaging")
