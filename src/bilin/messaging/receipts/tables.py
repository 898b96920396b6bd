"""The tables of receipts."""

import sqlalchemy as sa

from bilin.core.tables import LOCAL, big, metadata

text_number = sa.Table(
    "text_number",
    metadata,
    big("conversation", primary_key=True),
    big("seq", primary_key=True),
    big("id", nullable=False),
    schema="messaging",
    info=LOCAL,
    comment="texts by number, of mixed conversations alone",
)

read_mark = sa.Table(
    "read_mark",
    metadata,
    big("conversation", primary_key=True),
    big("person", primary_key=True),
    sa.Column("site", sa.SmallInteger, primary_key=True, autoincrement=False, comment="where the messages began"),
    big("through", nullable=False),
    sa.Index("read_mark_through", "site", "conversation", "through"),
    schema="messaging",
    info=LOCAL,
    comment="how far a person has read, at other sites than this one, what began at each site",
)
