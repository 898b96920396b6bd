"""Previews of pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "preview",
        sa.Column("blob", sa.Text(), nullable=False, comment="of which picture; it need not be here"),
        sa.Column("side", sa.SmallInteger(), autoincrement=False, nullable=False, comment="pixels of the longer side"),
        sa.Column(
            "origin",
            sa.SmallInteger(),
            autoincrement=False,
            nullable=False,
            comment="the site at which the picture was sent",
        ),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False, comment="when it was made, as an id"),
        sa.Column("trouble", sa.Text(), nullable=False, comment="why there is none; empty: there is one"),
        sa.Column("preview", sa.Text(), comment="a blob of its own"),
        sa.PrimaryKeyConstraint("blob", "side", name=op.f("preview_pkey")),
        sa.ForeignKeyConstraint(["preview"], ["files.blob.name"], name=op.f("preview_preview_fkey")),
        schema="files",
        comment="previews of pictures, made from their blobs; what nothing refers to is swept",
    )
    op.create_index("preview_preview", "preview", ["preview"], schema="files")


def downgrade() -> None:
    """Back, for the release before: they are made anew."""
    op.drop_table("preview", schema="files")
