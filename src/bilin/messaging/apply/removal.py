"""`member_removed`."""

from bilin.core.events import Batch, Recorded, Work, applies
from bilin.messaging.apply.joining import count_members
from bilin.messaging.apply.notices import insert_notices
from bilin.messaging.events import MemberRemoved
from bilin.messaging.model import Left, Notice, Removed

REMOVE = """
INSERT INTO messaging.member AS r (conversation, person, present, changed)
SELECT conversation, person, false, max(id)
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS gone(conversation, person, id)
 GROUP BY conversation, person ORDER BY conversation, person
ON CONFLICT (person, conversation) DO UPDATE SET present = false, changed = excluded.changed, mention_seq = 0
  WHERE excluded.changed > r.changed"""
"""The latest event by id decides who is present."""


@applies(MemberRemoved)
async def apply_removed(work: Work, removed: Batch[MemberRemoved]) -> None:
    """Take people out of groups."""
    await work.db.execute(REMOVE, *removed.columns("conversation", "person", "id"))
    await count_members(work.db, removed.column("conversation"))
    await insert_notices(work, [(record, _notice(record)) for record in removed])


def _notice(record: Recorded[MemberRemoved]) -> Notice:
    return Left() if record.actor == record.event.person else Removed(record.event.person)
