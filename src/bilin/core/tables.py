"""Tables of core, and the one `MetaData` that all modules' tables belong to (for migrations).

Every module keeps its tables in a PostgreSQL schema of its own name. Only core PostgreSQL features: the embedded server
has no contrib modules.
"""

from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData()
LOCAL = {"local": True}
"""`info=LOCAL` on a table or column: this site's own business, not equal at two sites that hold the same events."""
PERSONAL = {"personal": True}
"""`info=PERSONAL` on a table: what is of one person is not at every site."""


def big(name: str, **more: Any) -> "sa.Column[int]":
    """A column of ids or positions."""
    return sa.Column(name, sa.BigInteger, autoincrement=False, **more)


def small(name: str, **more: Any) -> "sa.Column[int]":
    """A column of small numbers: sites, kinds, versions."""
    return sa.Column(name, sa.SmallInteger, autoincrement=False, **more)


def zero(name: str, kind: type[sa.types.TypeEngine[Any]] = sa.BigInteger, **more: Any) -> "sa.Column[Any]":
    """A column of numbers that is 0 where nothing was said."""
    return sa.Column(name, kind, nullable=False, server_default="0", **more)


def flag(name: str, **more: Any) -> "sa.Column[bool]":
    """A column that is false where nothing was said."""
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false(), **more)


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
    sa.Column("scope", sa.BigInteger, comment="the conversation it belongs to; null: none"),
    sa.Column("arrived", sa.BigInteger, comment="when it came from another site, as an id; null: written here"),
    sa.Column("mark", sa.LargeBinary, comment="its own site's proof that it is its own; null: written here"),
    sa.Column("command", sa.LargeBinary, comment="fingerprint of the command the key came with; null: unknown"),
    sa.Index("log_key", "actor", "key", unique=True, postgresql_where=sa.text("key IS NOT NULL")),
    sa.Index("log_scope", "scope", "pos", postgresql_where=sa.text("scope IS NOT NULL")),
    schema="core",
    info=LOCAL,
)

entity_version = sa.Table(
    "entity_version",
    metadata,
    sa.Column("entity", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("version", sa.BigInteger, nullable=False, comment="position of the last event that bumped it"),
    schema="core",
    info=LOCAL,
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
    info=LOCAL,
)

follower = sa.Table(
    "follower",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("pos", sa.BigInteger, nullable=False),
    schema="core",
    info=LOCAL,
)

run = sa.Table(
    "run",
    metadata,
    sa.Column("number", sa.BigInteger, primary_key=True, autoincrement=False, comment="1, 2, 3 … of this log"),
    sa.Column("id", sa.BigInteger, nullable=False, unique=True, comment="random: never given twice"),
    sa.Column("first_pos", sa.BigInteger, nullable=False, comment="the first position that this run could give"),
    schema="core",
    info=LOCAL,
    comment="one row each time a log writer began: tells a log from the same log restored from a backup",
)

unapplied = sa.Table(
    "unapplied",
    metadata,
    sa.Column("pos", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("known", sa.SmallInteger, nullable=False, comment="version it was applied as; 0: not at all"),
    schema="core",
    info=LOCAL,
    comment="events of types or versions that this program did not know when they came: applied after its upgrade",
)

job_figure = sa.Table(
    "job_figure",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    zero("begun"),
    zero("failures", comment="attempts that failed"),
    zero("waited_s", sa.Double, comment="seconds between due and begun, summed up"),
    zero("ran_s", sa.Double),
    schema="core",
    info=LOCAL,
    comment="how jobs did, by name; jobs themselves are in the schema of procrastinate, `jobs`",
)
