"""`reaction_set`: for each message, person and emoji the latest by id wins."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.events import ReactionSet

SET = """
INSERT INTO messaging.reaction AS r (conversation, message, person, emoji, id, present)
SELECT DISTINCT ON (conversation, message, person, emoji) *
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::text[], $5::bigint[], $6::bool[])
  AS s(conversation, message, person, emoji, id, present)
 ORDER BY conversation, message, person, emoji, id DESC
ON CONFLICT (conversation, message, person, emoji) DO UPDATE SET id = excluded.id, present = excluded.present
  WHERE excluded.id > r.id"""
"""The message itself need not be here; reactions to a recalled one are kept and not shown."""


@applies(ReactionSet)
async def apply_reaction_set(work: Work, reactions: Batch[ReactionSet]) -> None:
    """Put emoji under messages, or take them away."""
    await work.db.execute(SET, *reactions.columns("conversation", "message", "actor", "emoji", "id", "present"))
