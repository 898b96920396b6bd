"""A unit may have a language, for those in it who have not chosen one. Whose choice is not known has made none: only
choices were ever written down, so all of them are."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

COMMENT = "the language of those here who have not chosen one; null: as above"


def upgrade() -> None:
    """Forward. What an upgraded site sent before is applied again by itself: its version is greater."""
    op.add_column("unit", sa.Column("locale", sa.Text, comment=COMMENT), schema="org")
    zero: sa.Column[int] = sa.Column("locale_id", sa.BigInteger, server_default="0", nullable=False)
    op.add_column("unit", zero, schema="org")


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_column("unit", "locale_id", schema="org")
    op.drop_column("unit", "locale", schema="org")
