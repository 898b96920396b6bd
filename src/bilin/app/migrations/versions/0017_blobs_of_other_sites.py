"""Where the bytes of a blob came from."""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"


def upgrade() -> None:
    """Forward: what is here was uploaded here."""
    origin = sa.Column(
        "origin", sa.SmallInteger(), comment="the site its bytes came from; null: they were uploaded here"
    )
    op.add_column("blob", origin, schema="files")


def downgrade() -> None:
    """Back, for the release before: it serves what came from other sites, too."""
    op.drop_column("blob", "origin", schema="files")
