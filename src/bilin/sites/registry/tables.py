"""Tables of the list of sites."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.tables import big, metadata, small, zero

site = sa.Table(
    "site",
    metadata,
    small("number", primary_key=True),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    zero("name_id"),
    sa.Column("address", sa.Text, nullable=False, server_default=""),
    zero("address_id"),
    sa.Column("added", sa.BigInteger, comment="id of the event that added it; null: spoken of only"),
    sa.Column("joined", sa.BigInteger, comment="id of the last event by which a server became it"),
    sa.Column("invitation", sa.BigInteger, comment="the invitation that server used"),
    sa.Column("nonce_sha256", sa.Text),
    sa.Column("revoked", sa.BigInteger, comment="invitations up to this id are no longer good"),
    sa.Column("retired", sa.BigInteger),
    schema="sites",
    info=compared("sites.sites", site="number"),
)

invitation = sa.Table(
    "invitation",
    metadata,
    big("id", primary_key=True),
    small("site", nullable=False),
    schema="sites",
    info=compared("sites.invitations", invitation="id"),
)
