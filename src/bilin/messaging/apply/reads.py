"""`read_marked`: the highest number wins."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.apply.early import keep_early_reads
from bilin.messaging.events import ReadMarked

MARK = """
WITH marks AS (
  SELECT k.conversation, k.message, k.person, m.seq FROM
    (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS k(conversation, message, person)) k
    LEFT JOIN messaging.message m ON m.conversation = k.conversation AND m.id = k.message AND m.kind <> 0
), moved AS (
  INSERT INTO messaging.member AS r (conversation, person, read_seq)
  SELECT conversation, person, max(seq) FROM marks WHERE seq IS NOT NULL
   GROUP BY conversation, person ORDER BY conversation, person
  ON CONFLICT (person, conversation) DO UPDATE SET read_seq = excluded.read_seq WHERE r.read_seq < excluded.read_seq
)
SELECT conversation, message, person FROM marks WHERE seq IS NULL"""


@applies(ReadMarked)
async def apply_read_marked(work: Work, marked: Batch[ReadMarked]) -> None:
    """Move watermarks; a mark through a message that is not here waits for it."""
    early = await work.db.fetch(MARK, *marked.columns("conversation", "through", "actor"))
    await keep_early_reads(work.db, [tuple(row) for row in early])
