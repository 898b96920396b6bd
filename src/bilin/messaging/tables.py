"""Tables of messaging. Only the appliers write them (`bilin.messaging.apply`).

What can arrive before the thing it speaks of has a place: a row of `conversation` or `member` that nothing has created
yet has `created` or `changed` 0, and a row of `message` that was only spoken of has the kind `EXPECTED`.
Columns named `…_id` hold the event that last wrote the column beside them: the latest wins, in any order they come.
"""

from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY

from bilin.core.tables import LOCAL, metadata

EXPECTED, TEXT, NOTICE = 0, 1, 2
UNKNOWN, DIRECT, GROUP = 0, 1, 2


def _id(name: str, **more: Any) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger, autoincrement=False, **more)


def _zero(name: str, kind: type[sa.types.TypeEngine[Any]] = sa.BigInteger, **more: Any) -> "sa.Column[Any]":
    return sa.Column(name, kind, nullable=False, server_default="0", **more)


def _flag(name: str, **more: Any) -> "sa.Column[bool]":
    return sa.Column(name, sa.Boolean, nullable=False, server_default=sa.false(), **more)


conversation = sa.Table(
    "conversation",
    metadata,
    _id("id", primary_key=True),
    _zero("kind", sa.SmallInteger),
    _zero("created"),
    sa.Column("title", sa.LargeBinary, comment="sealed under title_id"),
    _zero("title_id"),
    _id("owner"),
    _zero("owner_id"),
    _zero("members", sa.Integer),
    _zero("last_seq"),
    _zero("last_text"),
    _flag("is_mixed", comment="people read or wrote in it at other sites: its texts are in text_number"),
    schema="messaging",
    postgresql_with={"fillfactor": 70},
)

member = sa.Table(
    "member",
    metadata,
    _id("person", primary_key=True),
    _id("conversation", primary_key=True),
    _flag("present"),
    _zero("changed"),
    _zero("removed"),
    _zero("joined"),
    _zero("began", comment="the event since which they are in without a break, as far as this site knows"),
    _flag("is_admin", comment="the owner is in conversation.owner"),
    _zero("is_admin_id"),
    _id("peer", comment="the other person of a direct conversation"),
    _zero("read_seq"),
    _zero("mention_seq"),
    _flag("muted"),
    _zero("muted_id"),
    _flag("pinned"),
    _zero("pinned_id"),
    _flag("hidden", comment="until a text is newer than hidden_id"),
    _zero("hidden_id"),
    sa.Index("member_of_conversation", "conversation", "person"),
    schema="messaging",
    postgresql_with={"fillfactor": 80},
)

message = sa.Table(
    "message",
    metadata,
    _id("conversation", primary_key=True),
    _id("id", primary_key=True),
    _zero("seq"),
    _zero("sender"),
    _zero("kind", sa.SmallInteger),
    sa.Column("body", sa.LargeBinary, comment="sealed under body_id; null when recalled"),
    _id("body_id", comment="the event that brought the body: the message itself, or its last edit"),
    sa.Column("quote", sa.LargeBinary, comment="sealed under id: what reply_to said"),
    _id("reply_to"),
    sa.Column("mentions", ARRAY(sa.BigInteger), comment="as sent: edits call nobody"),
    _flag("mentions_all"),
    sa.Column("still", ARRAY(sa.BigInteger), comment="whom the last edit names; null: never edited"),
    _flag("still_all"),
    _id("recalled_by"),
    _id("recalled_id"),
    _id("arrived", comment="when it came from another site, as an id of this one; null: it was written here"),
    sa.Index(
        "message_calling",
        "conversation",
        "seq",
        postgresql_where=sa.text("kind = 1 AND recalled_id IS NULL AND (mentions_all OR mentions IS NOT NULL)"),
    ),
    sa.Index(
        "message_recalled",
        "conversation",
        "seq",
        postgresql_where=sa.text("kind = 1 AND recalled_id IS NOT NULL"),
    ),
    schema="messaging",
    postgresql_partition_by="HASH (conversation)",
    comment="in 16 partitions, fixed for ever: smaller parts to vacuum and rebuild",
)

reaction = sa.Table(
    "reaction",
    metadata,
    _id("conversation", primary_key=True),
    _id("message", primary_key=True),
    _id("person", primary_key=True),
    sa.Column("emoji", sa.Text, primary_key=True),
    _id("id", nullable=False),
    sa.Column("present", sa.Boolean, nullable=False),
    schema="messaging",
)

text_number = sa.Table(
    "text_number",
    metadata,
    _id("conversation", primary_key=True),
    _id("seq", primary_key=True),
    _id("id", nullable=False),
    schema="messaging",
    info=LOCAL,
    comment="texts by number, of mixed conversations alone",
)

read_mark = sa.Table(
    "read_mark",
    metadata,
    _id("conversation", primary_key=True),
    _id("person", primary_key=True),
    sa.Column("site", sa.SmallInteger, primary_key=True, autoincrement=False, comment="where the messages began"),
    _id("through", nullable=False),
    sa.Index("read_mark_through", "site", "conversation", "through"),
    schema="messaging",
    info=LOCAL,
    comment="how far a person has read, at other sites than this one, what began at each site",
)

led = sa.Table(
    "led",
    metadata,
    _id("conversation", primary_key=True),
    _id("person", primary_key=True),
    sa.Column("role", sa.Text, primary_key=True, comment="owner or admin"),
    schema="messaging",
    info=LOCAL,
    comment="who ever led a group: what they did as such may come later than that they do no more",
)
