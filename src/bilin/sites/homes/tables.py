"""Tables of homes."""

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from bilin.core.digests import compared
from bilin.core.tables import LOCAL, big, metadata, small

home = sa.Table(
    "home",
    metadata,
    big("unit", primary_key=True),
    small("site"),
    big("id", nullable=False),
    schema="sites",
    info=compared("sites.homes", unit="unit"),
    comment="where units are at home; a unit without a row, or with null, is where the unit above is",
)

was_home = sa.Table(
    "was_home",
    metadata,
    big("unit", primary_key=True),
    small("site", primary_key=True),
    schema="sites",
    info=compared("sites.homes_had", unit="unit", site="site"),
    comment="every home a unit ever had: who worked there may have written there",
)

home_said = sa.Table(
    "home_said",
    metadata,
    big("unit", primary_key=True),
    big("id", primary_key=True, comment="the event that said it"),
    small("site"),
    schema="sites",
    info=LOCAL,
    comment="every home a unit was given: what comes late is judged by it (before it was kept: as far as known)",
)

policy = sa.Table(
    "policy",
    metadata,
    big("unit", primary_key=True),
    sa.Column("leaves", sa.Text, nullable=False),
    sa.Column("kinds", ARRAY(sa.Text), nullable=False),
    big("id", nullable=False),
    schema="sites",
    info=compared("sites.policies", unit="unit"),
)
