"""Tables of identity."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from bilin.core.digests import HASHED, compared
from bilin.core.tables import LOCAL, PERSONAL, metadata

PROOF = ARRAY(sa.BigInteger)
"""Which password: [id of the reset it comes from, id of the event that set it]. PostgreSQL compares arrays in order."""
NO_PROOF = "{0,0}"

account = sa.Table(
    "account",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("login", sa.Text, comment="case-folded; unique in this site by the log's expectations"),
    sa.Column("login_set", sa.BigInteger, nullable=False, comment="id of the event that gave the login"),
    sa.Column("password", sa.Text, comment="Argon2id", info=HASHED),
    sa.Column(
        "password_set",
        sa.BigInteger,
        nullable=False,
        server_default="0",
        comment="id of the event that brought this hash",
    ),
    sa.Column("proof", PROOF, nullable=False, server_default=NO_PROOF, comment="which password it is"),
    sa.Column("required", PROOF, nullable=False, server_default=NO_PROOF, comment="what ended those proven with less"),
    sa.Column("given", PROOF, nullable=False, server_default=NO_PROOF, comment="the greatest that others gave"),
    # Not unique on purpose: two sites that were cut off from each other may both have given a login,
    # and the log must still be applied when they meet. Here, `login_entity` guards it.
    sa.Index("account_login", "login"),
    schema="identity",
    info=compared("identity.accounts", person="person"),
)

session = sa.Table(
    "session",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("person", sa.BigInteger),
    sa.Column("token_sha256", sa.LargeBinary),
    sa.Column("device", sa.Text, nullable=False, server_default=""),
    sa.Column("address", sa.Text, nullable=False, server_default=""),
    sa.Column("used", sa.BigInteger, nullable=False, comment="id (time) of the last noted use"),
    sa.Column("revoked", sa.BigInteger, comment="id of the event that ended it"),
    sa.Column("proven", PROOF, comment="the greatest password it was opened with or kept by; null: that of its time"),
    sa.Index("session_token", "token_sha256"),
    sa.Index("session_person", "person"),
    schema="identity",
    info=PERSONAL,
)

preference = sa.Table(
    "preference",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("field", sa.Text, primary_key=True),
    sa.Column("value", sa.Text, nullable=False, comment="JSON"),
    sa.Column("set_by", sa.BigInteger, nullable=False, comment="id of the event that set it"),
    schema="identity",
    info=compared("identity.preferred", person="person"),
)

# `grant` is a word of SQL.
role_grant = sa.Table(
    "role_grant",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("person", sa.BigInteger, nullable=False),
    sa.Column("role", sa.Text),
    sa.Column("unit", sa.BigInteger),
    sa.Column("revoked", sa.BigInteger, comment="id of the event that took it back"),
    sa.Index("role_grant_person", "person"),
    sa.Index("role_grant_unit", "unit"),
    schema="identity",
    info=compared("identity.grants", grant="id"),
)

guest = sa.Table(
    "guest",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("site", sa.SmallInteger, primary_key=True, autoincrement=False, comment="where they are a guest"),
    sa.Column("admitted", sa.BigInteger, nullable=False, comment="id of the last event that says so"),
    schema="identity",
    info=LOCAL,
    comment="who has proven to be at another site; who had a session there before this was asked for is among them",
)
