"""Files: the catalogue of blobs, uploads, and the files of conversations."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Forward."""
    op.execute(sa.schema.CreateSchema("files", if_not_exists=True))
    _make_blobs_and_uploads()
    _make_files()


def _make_blobs_and_uploads() -> None:
    op.create_table(
        "blob",
        sa.Column("name", sa.Text(), nullable=False, comment="SHA-256 of the sealed bytes, hexadecimal"),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False, comment="when it came, as an id"),
        sa.Column("size", sa.BigInteger(), autoincrement=False, nullable=False, comment="bytes of the file"),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="HMAC of the SHA-256 of what the file says"),
        sa.Column("key", sa.LargeBinary(), nullable=False, comment="sealed under id"),
        sa.PrimaryKeyConstraint("name", name=op.f("blob_pkey")),
        schema="files",
        comment="blobs in the store of this site; what nothing refers to is swept",
    )
    op.create_index("blob_content", "blob", ["content"], unique=True, schema="files")
    op.create_table(
        "upload",
        sa.Column(
            "id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="becomes the id of the file when it is sent",
        ),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "size",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="as announced: it ends with exactly so many bytes",
        ),
        sa.Column(
            "received",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="bytes that are on disk: whole pieces, and the rest",
        ),
        sa.Column("rest", sa.LargeBinary(), comment="what came behind the last whole piece, sealed under id"),
        sa.Column("about", sa.LargeBinary(), nullable=False, comment="name, type and key, sealed under id"),
        sa.Column(
            "expires_ms",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="then it goes, sent or not; Unix milliseconds",
        ),
        sa.Column("blob", sa.Text(), comment="its bytes in the store; null: it has not ended"),
        sa.PrimaryKeyConstraint("id", name=op.f("upload_pkey")),
        sa.ForeignKeyConstraint(["blob"], ["files.blob.name"], name=op.f("upload_blob_fkey")),
        schema="files",
        comment="what is being sent; written by the process that takes it, as it is no fact yet",
    )
    op.create_index("upload_person", "upload", ["person"], schema="files")
    op.create_index("upload_blob", "upload", ["blob"], schema="files", postgresql_where=sa.text("blob IS NOT NULL"))
    op.create_index("upload_expires", "upload", ["expires_ms"], schema="files")


def _make_files() -> None:
    op.create_table(
        "file",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("file", sa.BigInteger(), autoincrement=False, nullable=False, comment="the upload it was"),
        sa.Column(
            "id",
            sa.BigInteger(),
            autoincrement=False,
            comment="the event that added it; null: only its end is known yet",
        ),
        sa.Column("person", sa.BigInteger(), autoincrement=False, comment="who sent it"),
        sa.Column("name", sa.LargeBinary(), comment="sealed"),
        sa.Column("media_type", sa.Text()),
        sa.Column("size", sa.BigInteger(), autoincrement=False, comment="bytes"),
        sa.Column("blob", sa.Text(), comment="its bytes, in the store of a site that has them"),
        sa.Column("key", sa.LargeBinary(), comment="of its bytes, sealed"),
        sa.Column(
            "version_of", sa.BigInteger(), autoincrement=False, comment="the first of which it is a later version"
        ),
        sa.Column("removed_by", sa.BigInteger(), autoincrement=False),
        sa.Column("removed_id", sa.BigInteger(), autoincrement=False, comment="null: it is there"),
        sa.PrimaryKeyConstraint("conversation", "file", name=op.f("file_pkey")),
        schema="files",
    )
    op.create_index("file_blob", "file", ["blob"], schema="files")
    op.create_index("file_person", "file", ["person", "file"], schema="files")


def downgrade() -> None:
    """Back, for the release before: what was uploaded stays in the store, and nobody sees it."""
    for table in ("file", "upload", "blob"):
        op.drop_table(table, schema="files")
    op.execute(sa.schema.DropSchema("files"))
