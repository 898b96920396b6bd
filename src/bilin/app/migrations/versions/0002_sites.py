"""Sites: who they are and how far they were followed; what the log and messages need for it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0002"
down_revision = "0001"

FILL_SCOPES = """
UPDATE core.log SET scope = ('x' || encode(substring(topics FROM 1 FOR 8), 'hex'))::bit(64)::bigint
 WHERE type LIKE 'messaging.%' AND type <> 'messaging.conversation_preferences_changed' AND length(topics) >= 8
   AND substring(topics FROM 1 FOR 8) IN (SELECT int8send(id) FROM messaging.conversation)"""

UNIT_FIELDS = ("name", "kind", "rank", "moved_to")
PERSON_FIELDS = ("name", "title", "email", "phone", "unit")
KEEP_UNITS = """
UPDATE org.unit u SET moved_to = parent, added = changed, stands = CASE WHEN removed IS NULL THEN id ELSE coalesce(
  (SELECT a.id FROM org.unit a WHERE a.removed IS NULL AND u.path >= a.path AND u.path < left(a.path, -1) || '/'
   ORDER BY length(a.path) DESC LIMIT 1), id) END"""
KEEP_PEOPLE = "UPDATE org.person SET added = changed, activity = 0"
APPLY_ORG_AGAIN = """
INSERT INTO core.unapplied (pos, type, known) SELECT pos, type, 0 FROM core.log WHERE type LIKE 'org.%'"""
"""A row knew which event changed it last, now each field knows it: the log is applied again to say so, field by field,
exactly as at a site that joins later."""


def upgrade() -> None:
    """Forward. What is in the log already began here; its conversations are read from its audience."""
    op.execute(sa.schema.CreateSchema("sites", if_not_exists=True))
    _core()
    _sites()
    _follow()
    _messaging()
    _org()


def downgrade() -> None:
    """Back, for the release before."""
    _org_back()
    _messaging_back()
    op.drop_index("log_scope", table_name="log", schema="core", postgresql_where=sa.text("scope IS NOT NULL"))
    op.drop_column("log", "mark", schema="core")
    op.drop_column("log", "arrived", schema="core")
    op.drop_column("log", "scope", schema="core")
    op.drop_table("was_home", schema="sites")
    op.drop_table("site", schema="sites")
    op.drop_table("position", schema="sites")
    op.drop_table("policy", schema="sites")
    op.drop_table("need", schema="sites")
    op.drop_table("loss", schema="sites")
    op.drop_table("invitation", schema="sites")
    op.drop_table("home", schema="sites")
    op.drop_table("unapplied", schema="core")
    op.drop_table("run", schema="core")


def _core() -> None:
    op.create_table(
        "run",
        sa.Column("number", sa.BigInteger(), autoincrement=False, nullable=False, comment="1, 2, 3 … of this log"),
        sa.Column("id", sa.BigInteger(), nullable=False, comment="random: never given twice"),
        sa.Column("first_pos", sa.BigInteger(), nullable=False, comment="the first position that this run could give"),
        sa.PrimaryKeyConstraint("number"),
        sa.UniqueConstraint("id"),
        schema="core",
        comment="one row each time a log writer began: tells a log from the same log restored from a backup",
        info={"local": True},
    )
    op.create_table(
        "unapplied",
        sa.Column("pos", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("known", sa.SmallInteger(), nullable=False, comment="version it was applied as; 0: not at all"),
        sa.PrimaryKeyConstraint("pos"),
        schema="core",
        comment="events of types or versions that this program did not know when they came: applied after its upgrade",
        info={"local": True},
    )
    op.add_column(
        "log",
        sa.Column("scope", sa.BigInteger(), nullable=True, comment="the conversation it belongs to; null: none"),
        schema="core",
    )
    op.add_column(
        "log",
        sa.Column(
            "arrived",
            sa.BigInteger(),
            nullable=True,
            comment="when it came from another site, as an id; null: written here",
        ),
        schema="core",
    )
    op.add_column(
        "log",
        sa.Column(
            "mark",
            sa.LargeBinary(),
            nullable=True,
            comment="its own site's proof that it is its own; null: written here",
        ),
        schema="core",
    )
    op.execute(FILL_SCOPES)
    op.create_index(
        "log_scope", "log", ["scope", "pos"], unique=False, schema="core", postgresql_where=sa.text("scope IS NOT NULL")
    )


def _sites() -> None:
    op.create_table(
        "home",
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("site", sa.SmallInteger(), autoincrement=False, nullable=True),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("unit"),
        schema="sites",
        comment="where units are at home; a unit without a row, or with null, is where the unit above is",
    )
    op.create_table(
        "invitation",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("site", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("id"),
        schema="sites",
    )
    op.create_table(
        "policy",
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("leaves", sa.Text(), nullable=False),
        sa.Column("kinds", postgresql.ARRAY(sa.Text()), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("unit"),
        schema="sites",
    )
    op.create_table(
        "site",
        sa.Column("number", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("name_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("address_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "added", sa.BigInteger(), nullable=True, comment="id of the event that added it; null: spoken of only"
        ),
        sa.Column("joined", sa.BigInteger(), nullable=True, comment="id of the last event by which a server became it"),
        sa.Column("invitation", sa.BigInteger(), nullable=True, comment="the invitation that server used"),
        sa.Column("nonce_sha256", sa.Text(), nullable=True),
        sa.Column("revoked", sa.BigInteger(), nullable=True, comment="invitations up to this id are no longer good"),
        sa.Column("retired", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("number"),
        schema="sites",
    )

    op.create_table(
        "was_home",
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("site", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("unit", "site"),
        schema="sites",
        comment="every home a unit ever had: who worked there may have written there",
    )


def _follow() -> None:
    op.create_table(
        "loss",
        sa.Column("site", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "note",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="another number each time it is noted",
        ),
        sa.PrimaryKeyConstraint("site"),
        schema="sites",
        comment="sites that hold own events which this log lost (it was restored from a backup): to be fetched back",
        info={"local": True},
    )
    op.create_table(
        "need",
        sa.Column("holder", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column("whose", sa.SmallInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "scope",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="a conversation; 0: the list of conversations that this site may have",
        ),
        sa.Column(
            "since_run",
            sa.BigInteger(),
            autoincrement=False,
            nullable=False,
            comment="with since_pos: the batch that opened it",
        ),
        sa.Column("since_pos", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pos", sa.BigInteger(), autoincrement=False, nullable=False, comment="how much of the scope is here"),
        sa.PrimaryKeyConstraint("holder", "whose", "scope"),
        schema="sites",
        comment="conversations that came to this site later than they began: what is still to be fetched of them",
        info={"local": True},
    )
    op.create_table(
        "position",
        sa.Column("holder", sa.SmallInteger(), autoincrement=False, nullable=False, comment="whose log is followed"),
        sa.Column(
            "whose",
            sa.SmallInteger(),
            autoincrement=False,
            nullable=False,
            comment="the site where the events began; the holder itself but in recovery",
        ),
        sa.Column("run", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("pos", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("holder", "whose"),
        schema="sites",
        info={"local": True},
    )


def _messaging() -> None:
    op.create_table(
        "read_mark",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("site", sa.SmallInteger(), autoincrement=False, nullable=False, comment="where the messages began"),
        sa.Column("through", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "person", "site"),
        schema="messaging",
        comment="how far a person has read, at other sites than this one, what began at each site",
        info={"local": True},
    )
    op.create_index("read_mark_through", "read_mark", ["site", "conversation", "through"], schema="messaging")
    op.create_table(
        "text_number",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "seq"),
        schema="messaging",
        comment="texts by number, of mixed conversations alone",
        info={"local": True},
    )
    mixed = "people read or wrote in it at other sites: its texts are in text_number"
    op.add_column(
        "conversation",
        sa.Column("is_mixed", sa.Boolean(), server_default=sa.text("false"), nullable=False, comment=mixed),
        schema="messaging",
    )
    op.drop_table("early_read", schema="messaging")
    op.add_column(
        "message",
        sa.Column(
            "arrived",
            sa.BigInteger(),
            autoincrement=False,
            nullable=True,
            comment="when it came from another site, as an id of this one; null: it was written here",
        ),
        schema="messaging",
    )
    op.add_column(
        "member", sa.Column("removed", sa.BigInteger(), server_default="0", nullable=False), schema="messaging"
    )
    began = "the event since which they are in without a break, as far as this site knows"
    op.add_column(
        "member",
        sa.Column("began", sa.BigInteger(), server_default="0", nullable=False, comment=began),
        schema="messaging",
    )
    op.execute("UPDATE messaging.member SET began = joined, removed = CASE WHEN present THEN 0 ELSE changed END")


def _messaging_back() -> None:
    op.drop_column("member", "began", schema="messaging")
    op.drop_column("member", "removed", schema="messaging")
    op.drop_column("message", "arrived", schema="messaging")
    op.create_table(
        "early_read",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "message", "person"),
        schema="messaging",
        comment="read marks through messages that have not arrived yet",
    )
    op.drop_table("read_mark", schema="messaging")
    op.drop_table("text_number", schema="messaging")
    op.drop_column("conversation", "is_mixed", schema="messaging")


def _org() -> None:
    op.create_table(
        "worked",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("person", "unit"),
        schema="org",
        comment="every main unit a person ever had",
    )
    for field in UNIT_FIELDS[:3]:
        op.add_column("unit", _event_id(f"{field}_id"), schema="org")
    moved_to = "the parent it was last given; `parent` is where it stands"
    op.add_column("unit", sa.Column("moved_to", sa.BigInteger(), nullable=True, comment=moved_to), schema="org")
    op.add_column("unit", _event_id("moved_to_id"), schema="org")
    added = "id of the event that added it; null: spoken of only"
    op.add_column("unit", sa.Column("added", sa.BigInteger(), nullable=True, comment=added), schema="org")
    stands = "the unit itself when it is there; else the nearest one above that is"
    op.add_column("unit", sa.Column("stands", sa.BigInteger(), nullable=True, comment=stands), schema="org")
    for field in PERSON_FIELDS:
        op.add_column("person", _event_id(f"{field}_id"), schema="org")
    added = "id of the event that added them; null: spoken of only"
    op.add_column("person", sa.Column("added", sa.BigInteger(), nullable=True, comment=added), schema="org")
    op.execute(KEEP_UNITS)
    op.execute(KEEP_PEOPLE)
    op.execute(APPLY_ORG_AGAIN)
    op.drop_column("unit", "changed", schema="org")
    op.drop_column("person", "changed", schema="org")
    _allow_rows_that_were_only_spoken_of()


def _event_id(name: str) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), server_default="0", nullable=False)


def _allow_rows_that_were_only_spoken_of() -> None:
    for column, default in (("name", ""), ("kind", "team"), ("rank", "0"), ("sort", ""), ("path", "")):
        op.alter_column("unit", column, server_default=default, schema="org")
    op.alter_column("unit", "branch", nullable=True, schema="org")
    for column in ("name", "title", "email", "phone", "pinyin", "initials", "sort", "found_by"):
        op.alter_column("person", column, server_default="", schema="org")
    op.alter_column("person", "active", server_default=sa.true(), schema="org")
    comment = "id of the last event about `active`"
    op.alter_column("person", "activity", server_default="0", comment=comment, schema="org")
    comment = "the main unit, as last said; with all posts it is one fact"
    op.alter_column("person", "unit", nullable=True, comment=comment, schema="org")


def _org_back() -> None:
    """What was only spoken of goes: the release before knows no such rows."""
    op.drop_table("worked", schema="org")
    for table in ("unit", "person"):
        op.execute(f"DELETE FROM org.{table} WHERE added IS NULL")  # noqa: S608 (constants)
        op.add_column(table, _event_id("changed"), schema="org")
    op.execute("UPDATE org.unit SET changed = greatest(name_id, kind_id, rank_id, moved_to_id, added)")
    op.execute("UPDATE org.person SET changed = greatest(name_id, title_id, email_id, phone_id, unit_id, added)")
    op.execute("UPDATE org.person SET activity = greatest(activity, added)")
    for column in (*(f"{field}_id" for field in UNIT_FIELDS), "moved_to", "added", "stands"):
        op.drop_column("unit", column, schema="org")
    for column in (*(f"{field}_id" for field in PERSON_FIELDS), "added"):
        op.drop_column("person", column, schema="org")
    op.alter_column("unit", "branch", nullable=False, schema="org")
    op.alter_column("person", "unit", nullable=False, schema="org")
