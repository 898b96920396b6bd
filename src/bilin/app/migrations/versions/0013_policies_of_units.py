"""Policies of units: everything that was ever set, so that it can be explained."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Forward."""
    op.execute(sa.schema.CreateSchema("policies", if_not_exists=True))
    op.create_table(
        "said",
        sa.Column("id", sa.BigInteger(), autoincrement=False, nullable=False, comment="the event that said it"),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("unit", sa.BigInteger(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False, comment="whom in the unit; empty: everybody"),
        sa.Column("value", sa.Text(), nullable=True, comment="JSON; null: inherited again"),
        sa.Column("locked", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.BigInteger(), nullable=True, comment="who said it"),
        sa.PrimaryKeyConstraint("id", name=op.f("said_pkey")),
        schema="policies",
        comment="everything that was ever set; of one policy, unit and subject the latest counts",
    )
    op.create_index("said_of_unit", "said", ["unit", "policy"], unique=False, schema="policies")


def downgrade() -> None:
    """Back, for the release before."""
    op.drop_table("said", schema="policies")
    op.execute(sa.schema.DropSchema("policies"))
