"""`member_removed`."""

from bilin.core.events import Batch, Recorded, Work, applies
from bilin.messaging.members.apply.joining import count_members
from bilin.messaging.members.events import MemberRemoved
from bilin.messaging.notices.apply import insert_notices
from bilin.messaging.notices.model import Left, Notice, Removed

REMOVE = """
INSERT INTO messaging.member AS r (conversation, person, present, changed, removed)
SELECT conversation, person, false, max(id), max(id)
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS gone(conversation, person, id)
 GROUP BY conversation, person ORDER BY conversation, person
ON CONFLICT (person, conversation) DO UPDATE SET
  present = r.present AND r.changed > excluded.changed,
  mention_seq = CASE WHEN r.changed > excluded.changed THEN r.mention_seq ELSE 0 END,
  changed = greatest(r.changed, excluded.changed),
  removed = excluded.removed
  WHERE excluded.removed > r.removed"""
"""The latest event by id decides who is present."""


@applies(MemberRemoved)
async def apply_removed(work: Work, removed: Batch[MemberRemoved]) -> None:
    """Take people out of groups."""
    await work.db.execute(REMOVE, *removed.columns("conversation", "person", "id"))
    await count_members(work.db, removed.column("conversation"))
    await insert_notices(work, [(record, _notice(record)) for record in removed])


def _notice(record: Recorded[MemberRemoved]) -> Notice:
    return Left() if record.actor == record.event.person else Removed(record.event.person)
