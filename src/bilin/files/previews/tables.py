"""Which previews this site has."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, big, metadata, small

preview = sa.Table(
    "preview",
    metadata,
    sa.Column("blob", sa.Text, primary_key=True, comment="of which picture; it need not be here"),
    sa.Column("side", sa.SmallInteger, primary_key=True, autoincrement=False, comment="pixels of the longer side"),
    small("origin", nullable=False, comment="the site at which the picture was sent"),
    big("id", nullable=False, comment="when it was made, as an id"),
    sa.Column("trouble", sa.Text, nullable=False, comment="why there is none; empty: there is one"),
    sa.Column("preview", sa.Text, sa.ForeignKey("files.blob.name"), comment="a blob of its own"),
    sa.Index("preview_preview", "preview"),
    schema="files",
    info=LOCAL,
    comment="previews of pictures, made from their blobs; what nothing refers to is swept",
)
