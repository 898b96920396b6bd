"""Tables of org."""

from typing import Any

import sqlalchemy as sa

from bilin.core.digests import NOT_COMPARED, compared
from bilin.core.tables import metadata

C_TEXT = sa.Text(collation="C")


def _text(name: str, **more: Any) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=False, server_default="", **more)


def _sort() -> "sa.Column[str]":
    comment = "the name as it sorts: by pinyin"
    return sa.Column("sort", C_TEXT, nullable=False, server_default="", comment=comment, info=NOT_COMPARED)


def _zero(name: str) -> "sa.Column[int]":
    """The id of the event that last wrote the field beside it."""
    return sa.Column(name, sa.BigInteger, nullable=False, server_default="0")


unit = sa.Table(
    "unit",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    _text("name"),
    _zero("name_id"),
    sa.Column("kind", sa.Text, nullable=False, server_default="team"),
    _zero("kind_id"),
    sa.Column("rank", sa.Integer, nullable=False, server_default="0"),
    _zero("rank_id"),
    sa.Column("locale", sa.Text, comment="the language of those here who have not chosen one; null: as above"),
    _zero("locale_id"),
    sa.Column("moved_to", sa.BigInteger, comment="the parent it was last given; `parent` is where it stands"),
    _zero("moved_to_id"),
    sa.Column("added", sa.BigInteger, comment="id of the event that added it; null: spoken of only"),
    sa.Column("removed", sa.BigInteger, comment="id of the event that removed it"),
    _sort(),
    # The tree, derived from the above by `tree.py`:
    sa.Column("parent", sa.BigInteger),
    sa.Column(
        "path",
        C_TEXT,
        nullable=False,
        server_default="",
        comment="r. for the company, then the ids down to this unit: r.3.7.",
    ),
    sa.Column("branch", sa.BigInteger, comment="nearest unit of kind company or branch, itself included"),
    sa.Column("stands", sa.BigInteger, comment="the unit itself when it is there; else the nearest one above that is"),
    sa.Index("unit_path", "path"),
    sa.Index("unit_parent", "parent"),
    schema="org",
    info=compared("org.units", unit="id"),
)

person = sa.Table(
    "person",
    metadata,
    sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
    _text("name"),
    _zero("name_id"),
    _text("title"),
    _zero("title_id"),
    _text("email"),
    _zero("email_id"),
    _text("phone"),
    _zero("phone_id"),
    sa.Column("unit", sa.BigInteger, comment="the main unit, as last said; with all posts it is one fact"),
    _zero("unit_id"),
    sa.Column("active", sa.Boolean, nullable=False, server_default=sa.true()),
    sa.Column(
        "activity", sa.BigInteger, nullable=False, server_default="0", comment="id of the last event about `active`"
    ),
    sa.Column("added", sa.BigInteger, comment="id of the event that added them; null: spoken of only"),
    _text("pinyin", info=NOT_COMPARED),
    _text("initials", info=NOT_COMPARED),
    _sort(),
    _text("found_by", comment="case-folded name, pinyin, initials and title, for search", info=NOT_COMPARED),
    sa.Index("person_sort", "sort", "id"),
    schema="org",
    info=compared("org.people", person="id"),
)

worked = sa.Table(
    "worked",
    metadata,
    sa.Column("person", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("unit", sa.BigInteger, primary_key=True, autoincrement=False),
    schema="org",
    info=compared("org.units_had", person="person", unit="unit"),
    comment="every main unit a person ever had",
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
    info=compared("org.posts", person="person", unit="unit"),
)
