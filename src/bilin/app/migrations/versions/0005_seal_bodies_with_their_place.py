"""What an earlier release sealed without its place is sealed anew by the worker, through where the log ends now."""

from alembic import op

revision = "0005"
down_revision = "0004"

THROUGH = """
INSERT INTO core.follower (name, pos) SELECT 'messaging.reseal_through', coalesce(max(pos), 0) FROM core.log
ON CONFLICT (name) DO UPDATE SET pos = excluded.pos"""
FORGET = "DELETE FROM core.follower WHERE name IN ('messaging.reseal_through', 'messaging.reseal')"


def upgrade() -> None:
    """Forward."""
    op.execute(THROUGH)


def downgrade() -> None:
    """Back. The release before does not open what was sealed meanwhile: it needs a backup from before the upgrade."""
    op.execute(FORGET)
