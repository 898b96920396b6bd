"""The table of policies."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.tables import metadata

said = sa.Table(
    "said",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False, comment="the event that said it"),
    sa.Column("policy", sa.Text, nullable=False),
    sa.Column("unit", sa.BigInteger, nullable=False),
    sa.Column("subject", sa.Text, nullable=False, comment="whom in the unit; empty: everybody"),
    sa.Column("value", sa.Text, comment="JSON; null: inherited again"),
    sa.Column("locked", sa.Boolean, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("person", sa.BigInteger, comment="who said it"),
    sa.Index("said_of_unit", "unit", "policy"),
    schema="policies",
    info=compared("policies.said", saying="id"),
    comment="everything that was ever set; of one policy, unit and subject the latest counts",
)
