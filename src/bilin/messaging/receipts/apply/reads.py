"""`read_marked`: the highest number wins where it was made; elsewhere it covers what was read (`marks`)."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.receipts.apply.marks import advance, keep_marks
from bilin.messaging.receipts.events import ReadMarked

MARK = """
WITH marks AS (
  SELECT k.conversation, k.person, max(m.seq) AS seq
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS k(conversation, message, person)
    JOIN messaging.message m ON m.conversation = k.conversation AND m.id = k.message AND m.kind <> 0
   GROUP BY k.conversation, k.person
), moved AS (
  UPDATE messaging.member r SET read_seq = m.seq FROM marks m
   WHERE r.person = m.person AND r.conversation = m.conversation AND r.read_seq < m.seq
  RETURNING r.conversation, r.person, r.read_seq
)
SELECT r.conversation, r.person FROM moved r JOIN messaging.conversation c ON c.id = r.conversation
 WHERE r.read_seq < c.last_seq AND c.is_mixed"""
"""Those for whom what follows may be covered."""


@applies(ReadMarked)
async def apply_read_marked(work: Work, marked: Batch[ReadMarked]) -> None:
    """Move watermarks by number when they were made here, else as far as nothing is skipped."""
    here = Batch([record for record in marked if record.arrived is None])
    moved = await keep_marks(work.db, [record for record in marked if record.arrived is not None])
    if len(here):
        rows = await work.db.fetch(MARK, *here.columns("conversation", "through", "actor"))
        moved += [(row["conversation"], row["person"]) for row in rows]
    await advance(work.db, moved)
