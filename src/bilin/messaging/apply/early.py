"""What came before the message it speaks of: kept until the message is here."""

from collections.abc import Sequence

from bilin.core.database import Connection

KEEP = """
WITH early AS (SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS e(conversation, message, person)),
expected AS (
  INSERT INTO messaging.message (conversation, id, kind) SELECT DISTINCT conversation, message, 0 FROM early
  ON CONFLICT (conversation, id) DO NOTHING
)
INSERT INTO messaging.early_read (conversation, message, person) SELECT * FROM early ON CONFLICT DO NOTHING"""

SETTLE = """
WITH due AS (
  DELETE FROM messaging.early_read e USING unnest($1::bigint[], $2::bigint[]) AS here(conversation, id)
   WHERE e.conversation = here.conversation AND e.message = here.id RETURNING e.conversation, e.message, e.person
)
INSERT INTO messaging.member AS r (conversation, person, read_seq)
SELECT due.conversation, due.person, max(m.seq) FROM due
  JOIN messaging.message m ON m.conversation = due.conversation AND m.id = due.message
 GROUP BY due.conversation, due.person ORDER BY due.conversation, due.person
ON CONFLICT (person, conversation) DO UPDATE SET read_seq = excluded.read_seq WHERE r.read_seq < excluded.read_seq"""


async def keep_early_reads(db: Connection, reads: Sequence[tuple[int, int, int]]) -> None:
    """Remember (conversation, message, person) marks through messages that are not here."""
    if reads:
        await db.execute(KEEP, *map(list, zip(*reads, strict=True)))


async def settle_early_reads(db: Connection, arrived: Sequence[tuple[int, int]]) -> None:
    """These (conversation, message) were expected and are here now: let the marks through them take effect."""
    if arrived:
        await db.execute(SETTLE, *map(list, zip(*arrived, strict=True)))
