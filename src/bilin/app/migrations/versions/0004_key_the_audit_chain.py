"""Links of the audit chain name the key they were made with. Those that are there were made without one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

BEFORE = "SHA-256 of the chain before, the position and content"
NOW = "HMAC of the chain before, the position and content"
WHICH = "which key made it; null: made without one by an earlier release"


def upgrade() -> None:
    """Forward."""
    op.add_column("audit", sa.Column("key", sa.BigInteger(), comment=WHICH), schema="governance")
    op.alter_column("audit", "chain", comment=NOW, schema="governance")


def downgrade() -> None:
    """Back, for the release before. It takes links under a key for damage: it cannot check them."""
    op.alter_column("audit", "chain", comment=BEFORE, schema="governance")
    op.drop_column("audit", "key", schema="governance")
