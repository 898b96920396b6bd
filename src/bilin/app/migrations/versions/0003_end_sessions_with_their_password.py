"""Sessions end with their password: which one it is, and which a session was proven with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"

KEEP_PROOFS = """
UPDATE identity.account SET proof = ARRAY[password_set, password_set]
 WHERE password IS NOT NULL AND NOT EXISTS (SELECT FROM core.log WHERE id = password_set AND version > 1)"""
"""Nothing is required of sessions yet, so nobody who is signed in is thrown out."""
APPLY_AGAIN = """
INSERT INTO core.unapplied (pos, type, known) SELECT pos, type, 0 FROM core.log
 WHERE type IN ('identity.password_set', 'identity.session_opened')
   AND EXISTS (SELECT FROM core.log WHERE type = 'identity.password_set' AND version > 1)
ON CONFLICT (pos) DO UPDATE SET known = 0"""
"""A site that was upgraded earlier sent what only this release can read: then all of it is applied again, as at a site
that joins later."""
BEFORE = "id of the event that set the password"
NOW = "id of the event that brought this hash"


def upgrade() -> None:
    """Forward."""
    op.add_column("account", _proof("proof", "which password it is", required=True), schema="identity")
    ended = "what ended those proven with less"
    op.add_column("account", _proof("required", ended, required=True), schema="identity")
    proven = "the greatest password it was opened with or kept by; null: that of its time"
    op.add_column("session", _proof("proven", proven, required=False), schema="identity")
    op.alter_column("account", "password_set", comment=NOW, schema="identity")
    op.execute(KEEP_PROOFS)
    op.execute(APPLY_AGAIN)


def downgrade() -> None:
    """Back, for the release before."""
    op.alter_column("account", "password_set", comment=BEFORE, schema="identity")
    op.drop_column("session", "proven", schema="identity")
    op.drop_column("account", "required", schema="identity")
    op.drop_column("account", "proof", schema="identity")


def _proof(name: str, comment: str, *, required: bool) -> "sa.Column[list[int]]":
    default = "{0,0}" if required else None
    kind = postgresql.ARRAY(sa.BigInteger())
    return sa.Column(name, kind, server_default=default, nullable=not required, comment=comment)
