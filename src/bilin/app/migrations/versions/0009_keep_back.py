"""What another site may say, else it is kept back; guests, former homes and former leaders are remembered for that."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

FORMER_HOMES = """
INSERT INTO sites.home_said (unit, id, site)
SELECT w.unit, coalesce(h.id, 1000) - row_number() OVER (PARTITION BY w.unit ORDER BY w.site), w.site
  FROM sites.was_home w LEFT JOIN sites.home h USING (unit) WHERE h.site IS DISTINCT FROM w.site
UNION ALL SELECT unit, id, site FROM sites.home"""
"""When they ended is not known, but not later than that another was given."""
GUESTS = """
INSERT INTO identity.guest (person, site, admitted)
SELECT person, (id >> 12) & 1023, max(id) FROM identity.session WHERE person IS NOT NULL AND id > 0 GROUP BY 1, 2"""
"""What was believed before goes on being believed."""
LEADERS = """
INSERT INTO messaging.led (conversation, person, role)
SELECT conversation, person, 'admin' FROM messaging.member WHERE is_admin
UNION SELECT id, owner, 'owner' FROM messaging.conversation WHERE owner IS NOT NULL"""
LOCAL = {"local": True}


def upgrade() -> None:
    """Forward."""
    _add_what_is_remembered()
    _add_kept_back()
    op.execute(FORMER_HOMES)
    op.execute(GUESTS)
    op.execute(LEADERS)


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_table("settled", schema="sites")
    op.drop_index("kept_back_site", table_name="kept_back", schema="sites")
    op.drop_table("kept_back", schema="sites")
    op.drop_table("home_said", schema="sites")
    op.drop_table("led", schema="messaging")
    op.drop_table("guest", schema="identity")


def _add_what_is_remembered() -> None:
    op.create_table(
        "guest",
        _big("person"),
        _small("site", comment="where they are a guest"),
        _big("admitted", comment="id of the last event that says so"),
        sa.PrimaryKeyConstraint("person", "site"),
        schema="identity",
        comment="who has proven to be at another site; who had a session there before this was asked for is among them",
        info=LOCAL,
    )
    op.create_table(
        "led",
        _big("conversation"),
        _big("person"),
        sa.Column("role", sa.Text(), nullable=False, comment="owner or admin"),
        sa.PrimaryKeyConstraint("conversation", "person", "role"),
        schema="messaging",
        comment="who ever led a group: what they did as such may come later than that they do no more",
        info=LOCAL,
    )
    op.create_table(
        "home_said",
        _big("unit"),
        _big("id", comment="the event that said it"),
        _small("site", nullable=True),
        sa.PrimaryKeyConstraint("unit", "id"),
        schema="sites",
        comment="every home a unit was given: what comes late is judged by it (before it was kept: as far as known)",
        info=LOCAL,
    )


def _add_kept_back() -> None:
    op.create_table(
        "kept_back",
        _big("id"),
        _small("site", comment="where it began"),
        _big("actor", nullable=True),
        sa.Column("type", sa.Text(), nullable=False),
        _small("version"),
        sa.Column("body", sa.LargeBinary(), nullable=False, comment="the event as JSON, sealed"),
        sa.Column("mark", sa.LargeBinary(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        _big("scope", nullable=True, comment="the conversation it belongs to"),
        _big("arrived", comment="when it came, as an id"),
        sa.PrimaryKeyConstraint("id"),
        schema="sites",
        comment="what other sites sent and may not say, as far as is known here: judged again when more is known",
        info=LOCAL,
    )
    op.create_index("kept_back_site", "kept_back", ["site", "id"], schema="sites")
    op.create_table(
        "settled",
        _big("event", comment="an event that sites keep back"),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        _big("id"),
        sa.PrimaryKeyConstraint("event"),
        schema="sites",
        comment="what an administrator decided about events that are kept back",
    )


def _big(name: str, *, nullable: bool = False, **more: Any) -> "sa.Column[int]":
    return sa.Column(name, sa.BigInteger(), autoincrement=False, nullable=nullable, **more)


def _small(name: str, *, nullable: bool = False, **more: Any) -> "sa.Column[int]":
    return sa.Column(name, sa.SmallInteger(), autoincrement=False, nullable=nullable, **more)
