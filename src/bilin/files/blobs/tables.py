"""The catalogue: which blobs this site has, and their keys, sealed as the site's own."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, big, metadata, small

KEY = {"sealed_under": "site"}
"""Under the site's own key, with the id of the row."""

blob = sa.Table(
    "blob",
    metadata,
    sa.Column("name", sa.Text, primary_key=True, comment="SHA-256 of the sealed bytes, hexadecimal"),
    big("id", nullable=False, comment="when it came, as an id"),
    big("size", nullable=False, comment="bytes of the file"),
    sa.Column("content", sa.LargeBinary, nullable=False, comment="HMAC of the SHA-256 of what the file says"),
    sa.Column("key", sa.LargeBinary, nullable=False, comment="sealed under id", info=KEY),
    small("origin", comment="the site its bytes came from; null: they were uploaded here"),
    sa.Index("blob_content", "content", unique=True),
    schema="files",
    info=LOCAL,
    comment="blobs in the store of this site; what nothing refers to is swept",
)
