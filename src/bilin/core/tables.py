"""Tables of core, and the one `MetaData` that all modules' tables belong to (for migrations).

Every module keeps its tables in a PostgreSQL schema of its own name. Only core PostgreSQL features: the embedded server
has no contrib modules.
"""

import sqlalchemy as sa

metadata = sa.MetaData()

log = sa.Table(
    "log",
    metadata,
    sa.Column("pos", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("id", sa.BigInteger, nullable=False, unique=True),
    sa.Column("site", sa.SmallInteger, nullable=False),
    sa.Column("actor", sa.BigInteger),
    sa.Column("key", sa.Text, comment="Idempotency-Key of the command, on its first event"),
    sa.Column("span", sa.Integer, nullable=False, comment="positions the decision takes, on its first event; else 0"),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("version", sa.SmallInteger, nullable=False),
    sa.Column("topics", sa.LargeBinary, nullable=False, comment="audience: packed big-endian 64-bit ids"),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the event as JSON, sealed"),
    sa.Index("log_key", "actor", "key", unique=True, postgresql_where=sa.text("key IS NOT NULL")),
    schema="core",
)

entity_version = sa.Table(
    "entity_version",
    metadata,
    sa.Column("entity", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("version", sa.BigInteger, nullable=False, comment="position of the last event that bumped it"),
    schema="core",
)

data_key = sa.Table(
    "data_key",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("scope", sa.BigInteger, nullable=False),
    sa.Column("month", sa.Integer, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
    sa.UniqueConstraint("scope", "month"),
    schema="core",
)

follower = sa.Table(
    "follower",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("pos", sa.BigInteger, nullable=False),
    schema="core",
)
