"""The tables of members."""

import sqlalchemy as sa

from bilin.core.digests import compared
from bilin.core.tables import LOCAL, big, flag, metadata, zero

member = sa.Table(
    "member",
    metadata,
    big("person", primary_key=True),
    big("conversation", primary_key=True),
    flag("present"),
    zero("changed"),
    zero("removed"),
    zero("joined"),
    zero("began", comment="the event since which they are in without a break, as far as this site knows", info=LOCAL),
    flag("is_admin", comment="the owner is in conversation.owner"),
    zero("is_admin_id"),
    big("peer", comment="the other person of a direct conversation"),
    zero("read_seq", info=LOCAL),
    zero("mention_seq", info=LOCAL),
    flag("muted"),
    zero("muted_id"),
    flag("pinned"),
    zero("pinned_id"),
    flag("hidden", comment="until a text is newer than hidden_id"),
    zero("hidden_id"),
    flag("unread", comment="as the member marked it, whatever was read"),
    zero("unread_id"),
    sa.Index("member_of_conversation", "conversation", "person"),
    schema="messaging",
    info=compared("messaging.members", conversation="conversation", person="person", is_scoped=True),
    postgresql_with={"fillfactor": 80},
)

led = sa.Table(
    "led",
    metadata,
    big("conversation", primary_key=True),
    big("person", primary_key=True),
    sa.Column("role", sa.Text, primary_key=True, comment="owner or admin"),
    schema="messaging",
    info=LOCAL,
    comment="who ever led a group: what they did as such may come later than that they do no more",
)
