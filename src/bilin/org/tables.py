"""Tables of org."""

import sqlalchemy as sa

from bilin.core.tables import metadata

C_TEXT = sa.Text(collation="C")

unit = sa.Table(
    "unit",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("parent", sa.BigInteger),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("rank", sa.Integer, nullable=False),
    sa.Column("sort", C_TEXT, nullable=False, comment="the name as it sorts: by pinyin"),
    sa.Column("path", C_TEXT, nullable=False, comment="r. for the company, then the ids down to this unit: r.3.7."),
    sa.Column(
        "branch", sa.BigInteger, nullable=False, comment="nearest unit of kind company or branch, itself included"
    ),
    sa.Column("changed", sa.BigInteger, nullable=False, comment="id of the last event that changed it"),
    sa.Column("removed", sa.BigInteger, comment="id of the event that removed it"),
    sa.Index("unit_path", "path"),
    sa.Index("unit_parent", "parent"),
    schema="org",
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("pinyin", sa.Text, nullable=False),
    sa.Column("initials", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("unit", sa.BigInteger, nullable=False),
    sa.Column("email", sa.Text, nullable=False),
    sa.Column("phone", sa.Text, nullable=False),
    sa.Column("sort", C_TEXT, nullable=False, comment="the name as it sorts: by pinyin"),
    sa.Column("found_by", sa.Text, nullable=False, comment="case-folded name, pinyin, initials and title, for search"),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("changed", sa.BigInteger, nullable=False, comment="id of the last event that changed its facts"),
    sa.Column("activity", sa.BigInteger, nullable=False, comment="id of the last event that changed `active`"),
    sa.Index("person_sort", "sort", "id"),
    schema="org",
)

post = sa.Table(
    "post",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("main", sa.Boolean, nullable=False),
    sa.Column("place", sa.SmallInteger, nullable=False, comment="order among the person's posts, the main one first"),
    sa.Index("post_unit", "unit"),
    schema="org",
)
