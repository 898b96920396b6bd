"""Tables of sites. `position` and `need` are this site's own memory of how far it has followed the others."""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from bilin.core.tables import LOCAL, metadata


def _number(name: str, **more: Any) -> "sa.Column[int]":
    return sa.Column(name, sa.SmallInteger, autoincrement=False, **more)


def _big(name: str, **more: Any) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, autoincrement=False, **more)


def _zero(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


site = sa.Table(
    "site",
    metadata,
    _number("number", primary_key=True),
    sa.Column("name", sa.Text, nullable=False, server_default=""),
    _zero("name_id"),
    sa.Column("address", sa.Text, nullable=False, server_default=""),
    _zero("address_id"),
    sa.Column("added", sa.BigInteger, comment="id of the event that added it; null: spoken of only"),
    sa.Column("joined", sa.BigInteger, comment="id of the last event by which a server became it"),
    sa.Column("invitation", sa.BigInteger, comment="the invitation that server used"),
    sa.Column("nonce_sha256", sa.Text),
    sa.Column("revoked", sa.BigInteger, comment="invitations up to this id are no longer good"),
    sa.Column("retired", sa.BigInteger),
    schema="sites",
)

invitation = sa.Table(
    "invitation",
    metadata,
    _big("id", primary_key=True),
    _number("site", nullable=False),
    schema="sites",
)

home = sa.Table(
    "home",
    metadata,
    _big("unit", primary_key=True),
    _number("site"),
    _big("id", nullable=False),
    schema="sites",
    comment="where units are at home; a unit without a row, or with null, is where the unit above is",
)

was_home = sa.Table(
    "was_home",
    metadata,
    _big("unit", primary_key=True),
    _number("site", primary_key=True),
    schema="sites",
    comment="every home a unit ever had: who worked there may have written there",
)

home_said = sa.Table(
    "home_said",
    metadata,
    _big("unit", primary_key=True),
    _big("id", primary_key=True, comment="the event that said it"),
    _number("site"),
    schema="sites",
    info=LOCAL,
    comment="every home a unit was given: what comes late is judged by it (before it was kept: as far as known)",
)

policy = sa.Table(
    "policy",
    metadata,
    _big("unit", primary_key=True),
    sa.Column("leaves", sa.Text, nullable=False),
    sa.Column("kinds", ARRAY(sa.Text), nullable=False),
    _big("id", nullable=False),
    schema="sites",
)

position = sa.Table(
    "position",
    metadata,
    _number("holder", primary_key=True, comment="whose log is followed"),
    _number("whose", primary_key=True, comment="the site where the events began; the holder itself but in recovery"),
    _big("run", nullable=False),
    _big("pos", nullable=False),
    schema="sites",
    info=LOCAL,
)

need = sa.Table(
    "need",
    metadata,
    _number("holder", primary_key=True),
    _number("whose", primary_key=True),
    _big("scope", primary_key=True, comment="a conversation; 0: the list of conversations that this site may have"),
    _big("since_run", nullable=False, comment="with since_pos: the batch that opened it"),
    _big("since_pos", nullable=False),
    _big("run", nullable=False),
    _big("pos", nullable=False, comment="how much of the scope is here"),
    schema="sites",
    info=LOCAL,
    comment="conversations that came to this site later than they began: what is still to be fetched of them",
)

loss = sa.Table(
    "loss",
    metadata,
    _number("site", primary_key=True),
    _big("note", nullable=False, comment="another number each time it is noted"),
    schema="sites",
    info=LOCAL,
    comment="sites that hold own events which this log lost (it was restored from a backup): to be fetched back",
)

kept_back = sa.Table(
    "kept_back",
    metadata,
    _big("id", primary_key=True),
    _number("site", nullable=False, comment="where it began"),
    _big("actor"),
    sa.Column("type", sa.Text, nullable=False),
    _number("version", nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the event as JSON, sealed"),
    sa.Column("mark", sa.LargeBinary, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    _big("scope", comment="the conversation it belongs to"),
    _big("arrived", nullable=False, comment="when it came, as an id"),
    sa.Index("kept_back_site", "site", "id"),
    schema="sites",
    info=LOCAL,
    comment="what other sites sent and may not say, as far as is known here: judged again when more is known",
)

settled = sa.Table(
    "settled",
    metadata,
    _big("event", primary_key=True, comment="an event that sites keep back"),
    sa.Column("accepted", sa.Boolean, nullable=False),
    _big("id", nullable=False),
    schema="sites",
    comment="what an administrator decided about events that are kept back",
)

head = sa.Table(
    "head",
    metadata,
    _number("site", primary_key=True),
    _big("run", primary_key=True),
    _big("pos", nullable=False),
    sa.Column("chain", sa.LargeBinary, nullable=False),
    _big("heard_ms", nullable=False),
    schema="sites",
    info=LOCAL,
    comment="the last audit link that was heard of each run of another site's log",
)
