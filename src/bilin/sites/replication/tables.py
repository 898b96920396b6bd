"""Tables of replication: mostly this site's own memory of how far it has followed the others."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.tables import LOCAL, big, metadata, small

position = sa.Table(
    "position",
    metadata,
    small("holder", primary_key=True, comment="whose log is followed"),
    small("whose", primary_key=True, comment="the site where the events began; the holder itself but in recovery"),
    big("run", nullable=False),
    big("pos", nullable=False),
    schema="sites",
    info=LOCAL,
)

need = sa.Table(
    "need",
    metadata,
    small("holder", primary_key=True),
    small("whose", primary_key=True),
    big("scope", primary_key=True, comment="a conversation; 0: the list of conversations that this site may have"),
    big("since_run", nullable=False, comment="with since_pos: the batch that opened it"),
    big("since_pos", nullable=False),
    big("run", nullable=False),
    big("pos", nullable=False, comment="how much of the scope is here"),
    schema="sites",
    info=LOCAL,
    comment="conversations that came to this site later than they began: what is still to be fetched of them",
)

loss = sa.Table(
    "loss",
    metadata,
    small("site", primary_key=True),
    big("note", nullable=False, comment="another number each time it is noted"),
    schema="sites",
    info=LOCAL,
    comment="sites that hold own events which this log lost (it was restored from a backup): to be fetched back",
)

kept_back = sa.Table(
    "kept_back",
    metadata,
    big("id", primary_key=True),
    small("site", nullable=False, comment="where it began"),
    big("actor"),
    sa.Column("type", sa.Text, nullable=False),
    small("version", nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False, comment="the event as JSON, sealed"),
    sa.Column("mark", sa.LargeBinary, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    big("scope", comment="the conversation it belongs to"),
    big("arrived", nullable=False, comment="when it came, as an id"),
    sa.Index("kept_back_site", "site", "id"),
    schema="sites",
    info=LOCAL,
    comment="what other sites sent and may not say, as far as is known here: judged again when more is known",
)

settled = sa.Table(
    "settled",
    metadata,
    big("event", primary_key=True, comment="an event that sites keep back"),
    sa.Column("accepted", sa.Boolean, nullable=False),
    big("id", nullable=False),
    schema="sites",
    info=compared("sites.settled", event="event"),
    comment="what an administrator decided about events that are kept back",
)
