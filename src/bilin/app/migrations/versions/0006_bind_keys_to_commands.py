"""An Idempotency-Key belongs to the command it first came with: a fingerprint of it beside the key.

Of what is in the log already it is unknown: those keys go on returning their first result whatever comes with them.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

COMMENT = "fingerprint of the command the key came with; null: unknown"


def upgrade() -> None:
    """Forward."""
    op.add_column("log", sa.Column("command", sa.LargeBinary(), comment=COMMENT), schema="core")


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_column("log", "command", schema="core")
