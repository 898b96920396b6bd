"""The first schema: the log, the organisation, identity, messaging and the audit chain."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None

SCHEMAS = ("org", "identity", "messaging", "governance")
MESSAGE_PARTITIONS = 16


def upgrade() -> None:
    """Make everything."""
    for schema in SCHEMAS:
        op.execute(sa.schema.CreateSchema(schema, if_not_exists=True))
    _core()
    _org()
    _identity()
    _messaging()
    _messages()
    _governance()
    for part in range(MESSAGE_PARTITIONS):
        op.execute(
            f"CREATE TABLE messaging.message_{part} PARTITION OF messaging.message"
            f" FOR VALUES WITH (MODULUS {MESSAGE_PARTITIONS}, REMAINDER {part})"
        )


def downgrade() -> None:
    """Nothing came before: there is no way back from here but an empty database."""
    raise NotImplementedError("the first schema cannot be taken back")


def _core() -> None:
    op.create_table(
        "data_key",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.BigInteger(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("scope", "month"),
        schema="core",
    )
    op.create_table(
        "entity_version",
        sa.Column("entity", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("version", sa.BigInteger(), nullable=False, comment="position of the last event that bumped it"),
        sa.PrimaryKeyConstraint("entity"),
        schema="core",
    )
    op.create_table(
        "follower",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pos", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("name"),
        schema="core",
    )
    op.create_table(
        "log",
        sa.Column("pos", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), nullable=False),
        sa.Column("site", sa.SmallInteger(), nullable=False),
        sa.Column("actor", sa.BigInteger(), nullable=True),
        sa.Column("key", sa.Text(), nullable=True, comment="Idempotency-Key of the command, on its first event"),
        sa.Column(
            "span", sa.Integer(), nullable=False, comment="positions the decision takes, on its first event; else 0"
        ),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("version", sa.SmallInteger(), nullable=False),
        sa.Column("topics", sa.LargeBinary(), nullable=False, comment="audience: packed big-endian 64-bit ids"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the event as JSON, sealed"),
        sa.PrimaryKeyConstraint("pos"),
        sa.UniqueConstraint("id"),
        schema="core",
    )
    op.create_index(
        "log_key", "log", ["actor", "key"], unique=True, schema="core", postgresql_where=sa.text("key IS NOT NULL")
    )


def _org() -> None:
    op.create_table(
        "person",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("pinyin", sa.Text(), nullable=False),
        sa.Column("initials", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("sort", sa.Text(collation="C"), nullable=False, comment="the name as it sorts: by pinyin"),
        sa.Column(
            "found_by", sa.Text(), nullable=False, comment="case-folded name, pinyin, initials and title, for search"
        ),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("changed", sa.BigInteger(), nullable=False, comment="id of the last event that changed its facts"),
        sa.Column("activity", sa.BigInteger(), nullable=False, comment="id of the last event that changed `active`"),
        sa.PrimaryKeyConstraint("id"),
        schema="org",
    )
    op.create_index("person_sort", "person", ["sort", "id"], unique=False, schema="org")
    op.create_table(
        "post",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("unit", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("main", sa.Boolean(), nullable=False),
        sa.Column(
            "place", sa.SmallInteger(), nullable=False, comment="order among the person's posts, the main one first"
        ),
        sa.PrimaryKeyConstraint("person", "unit"),
        schema="org",
    )
    op.create_index("post_unit", "post", ["unit"], unique=False, schema="org")
    op.create_table(
        "unit",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("parent", sa.BigInteger(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("rank", sa.Integer(), nullable=False),
        sa.Column("sort", sa.Text(collation="C"), nullable=False, comment="the name as it sorts: by pinyin"),
        sa.Column(
            "path",
            sa.Text(collation="C"),
            nullable=False,
            comment="r. for the company, then the ids down to this unit: r.3.7.",
        ),
        sa.Column(
            "branch", sa.BigInteger(), nullable=False, comment="nearest unit of kind company or branch, itself included"
        ),
        sa.Column("changed", sa.BigInteger(), nullable=False, comment="id of the last event that changed it"),
        sa.Column("removed", sa.BigInteger(), nullable=True, comment="id of the event that removed it"),
        sa.PrimaryKeyConstraint("id"),
        schema="org",
    )
    op.create_index("unit_parent", "unit", ["parent"], unique=False, schema="org")
    op.create_index("unit_path", "unit", ["path"], unique=False, schema="org")


def _identity() -> None:
    op.create_table(
        "account",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column(
            "login", sa.Text(), nullable=True, comment="case-folded; unique in this site by the log's expectations"
        ),
        sa.Column("login_set", sa.BigInteger(), nullable=False, comment="id of the event that gave the login"),
        sa.Column("password", sa.Text(), nullable=True, comment="Argon2id"),
        sa.Column("password_set", sa.BigInteger(), nullable=False, comment="id of the event that set the password"),
        sa.PrimaryKeyConstraint("person"),
        schema="identity",
    )
    op.create_index("account_login", "account", ["login"], unique=False, schema="identity")
    op.create_table(
        "preference",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False, comment="JSON"),
        sa.Column("set_by", sa.BigInteger(), nullable=False, comment="id of the event that set it"),
        sa.PrimaryKeyConstraint("person", "field"),
        schema="identity",
    )
    op.create_table(
        "role_grant",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=False),
        sa.Column("role", sa.Text(), nullable=True),
        sa.Column("unit", sa.BigInteger(), nullable=True),
        sa.Column("revoked", sa.BigInteger(), nullable=True, comment="id of the event that took it back"),
        sa.PrimaryKeyConstraint("id"),
        schema="identity",
    )
    op.create_index("role_grant_person", "role_grant", ["person"], unique=False, schema="identity")
    op.create_index("role_grant_unit", "role_grant", ["unit"], unique=False, schema="identity")
    op.create_table(
        "session",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True),
        sa.Column("token_sha256", sa.LargeBinary(), nullable=True),
        sa.Column("device", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("used", sa.BigInteger(), nullable=False, comment="id (time) of the last noted use"),
        sa.Column("revoked", sa.BigInteger(), nullable=True, comment="id of the event that ended it"),
        sa.PrimaryKeyConstraint("id"),
        schema="identity",
    )
    op.create_index("session_person", "session", ["person"], unique=False, schema="identity")
    op.create_index("session_token", "session", ["token_sha256"], unique=False, schema="identity")


def _messaging() -> None:
    op.create_table(
        "conversation",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("created", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("title", sa.LargeBinary(), nullable=True, comment="sealed under title_id"),
        sa.Column("title_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("owner", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("owner_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("members", sa.Integer(), server_default="0", nullable=False),
        sa.Column("last_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("last_text", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("id"),
        schema="messaging",
        postgresql_with={"fillfactor": 70},
    )
    op.create_table(
        "member",
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("present", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("changed", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("joined", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "is_admin",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="the owner is in conversation.owner",
        ),
        sa.Column("is_admin_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "peer",
            sa.BigInteger(),
            autoincrement=False,
            nullable=True,
            comment="the other person of a direct conversation",
        ),
        sa.Column("read_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("mention_seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("muted", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("muted_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("pinned", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("pinned_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "hidden",
            sa.Boolean(),
            server_default=sa.text("false"),
            nullable=False,
            comment="until a text is newer than hidden_id",
        ),
        sa.Column("hidden_id", sa.BigInteger(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("person", "conversation"),
        schema="messaging",
        postgresql_with={"fillfactor": 80},
    )
    op.create_index("member_of_conversation", "member", ["conversation", "person"], unique=False, schema="messaging")


def _messages() -> None:
    op.create_table(
        "early_read",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("conversation", "message", "person"),
        schema="messaging",
        comment="read marks through messages that have not arrived yet",
    )
    op.create_table(
        "message",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("seq", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sender", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("kind", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("body", sa.LargeBinary(), nullable=True, comment="sealed under body_id; null when recalled"),
        sa.Column(
            "body_id",
            sa.BigInteger(),
            autoincrement=False,
            nullable=True,
            comment="the event that brought the body: the message itself, or its last edit",
        ),
        sa.Column("quote", sa.LargeBinary(), nullable=True, comment="sealed under id: what reply_to said"),
        sa.Column("reply_to", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("mentions", postgresql.ARRAY(sa.BigInteger()), nullable=True, comment="as sent: edits call nobody"),
        sa.Column("mentions_all", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("recalled_by", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.Column("recalled_id", sa.BigInteger(), autoincrement=False, nullable=True),
        sa.PrimaryKeyConstraint("conversation", "id"),
        schema="messaging",
        comment="in 16 partitions, fixed for ever: smaller parts to vacuum and rebuild",
        postgresql_partition_by="HASH (conversation)",
    )
    op.create_table(
        "reaction",
        sa.Column("conversation", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("message", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("person", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("emoji", sa.Text(), nullable=False),
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("present", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("conversation", "message", "person", "emoji"),
        schema="messaging",
    )


def _governance() -> None:
    op.create_table(
        "audit",
        sa.Column("pos", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False, comment="SHA-256 of the event"),
        sa.Column(
            "chain", sa.LargeBinary(), nullable=False, comment="SHA-256 of the chain before, the position and content"
        ),
        sa.PrimaryKeyConstraint("pos"),
        schema="governance",
    )
