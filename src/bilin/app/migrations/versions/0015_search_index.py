"""The search index: the worker fills it from the log, from its beginning."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Forward."""
    op.execute(sa.schema.CreateSchema("search", if_not_exists=True))
    op.create_table(
        "entry",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False, comment="of the text: a time"),
        sa.Column("scope", sa.BigInteger(), nullable=False, comment="the conversation; says who may find it"),
        sa.Column(
            "tokens",
            postgresql.ARRAY(sa.Integer()),
            nullable=False,
            comment="pieces, scope, sender, traits; under a key",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("entry_pkey")),
        schema="search",
        postgresql_partition_by="RANGE (id)",
        comment="a partition for each month, made when something of it is to be found",
    )
    op.create_index(
        "entry_tokens",
        "entry",
        ["tokens"],
        unique=False,
        schema="search",
        postgresql_using="gin",
        postgresql_with={"fastupdate": "on", "gin_pending_list_limit": 1024},
    )


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_table("entry", schema="search")
    op.execute(sa.schema.DropSchema("search"))
    op.execute("DELETE FROM core.follower WHERE name = 'search.index.1'")
