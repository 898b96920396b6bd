"""Uploads: what somebody is sending to this site, and what nobody was shown yet."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, big, metadata

SEALED = {"sealed_under": "person"}
"""Under the key of the person, with the id of the row."""

upload = sa.Table(
    "upload",
    metadata,
    big("id", primary_key=True, comment="becomes the id of the file when it is sent"),
    big("person", nullable=False),
    big("size", nullable=False, comment="as announced: it ends with exactly so many bytes"),
    big("received", nullable=False, comment="bytes that are on disk: whole pieces, and the rest"),
    sa.Column("rest", sa.LargeBinary, comment="what came behind the last whole piece, sealed under id", info=SEALED),
    sa.Column("about", sa.LargeBinary, nullable=False, comment="name, type and key, sealed under id", info=SEALED),
    big("expires_ms", nullable=False, comment="then it goes, sent or not; Unix milliseconds"),
    sa.Column(
        "blob", sa.Text, sa.ForeignKey("files.blob.name"), comment="its bytes in the store; null: it has not ended"
    ),
    sa.Index("upload_person", "person"),
    sa.Index("upload_blob", "blob", postgresql_where=sa.text("blob IS NOT NULL")),
    sa.Index("upload_expires", "expires_ms"),
    schema="files",
    info=LOCAL,
    comment="what is being sent; written by the process that takes it, as it is no fact yet",
)
