"""Passwords that others gave have to be changed: which one that is. Of those given before nothing is known."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0008"
down_revision = "0007"

COMMENT = "the greatest that others gave"


def upgrade() -> None:
    """Forward. What an upgraded site sent before is applied again by itself: its version is greater."""
    kind = postgresql.ARRAY(sa.BigInteger())
    column: sa.Column[list[int]] = sa.Column("given", kind, server_default="{0,0}", nullable=False, comment=COMMENT)
    op.add_column("account", column, schema="identity")


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_column("account", "given", schema="identity")
