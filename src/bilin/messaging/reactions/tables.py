"""The table of reactions."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.tables import big, metadata

reaction = sa.Table(
    "reaction",
    metadata,
    big("conversation", primary_key=True),
    big("message", primary_key=True),
    big("person", primary_key=True),
    sa.Column("emoji", sa.Text, primary_key=True),
    big("id", nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
    schema="messaging",
    info=compared("messaging.reactions", conversation="conversation", message="message", is_scoped=True),
)
