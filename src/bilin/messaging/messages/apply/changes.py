"""`message_edited`: other words, whether the message is here already or not."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.messages.apply.arrays import array
from bilin.messaging.messages.bodies import seal_text
from bilin.messaging.messages.events import MessageEdited

EDIT = """
INSERT INTO messaging.message AS m (conversation, id, kind, body, body_id, still, still_all)
SELECT DISTINCT ON (conversation, message) conversation, message, 0, body, id, still::bigint[], still_all
  FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bigint[], $5::text[], $6::bool[])
    AS e(conversation, message, body, id, still, still_all)
 ORDER BY conversation, message, id DESC
ON CONFLICT (conversation, id) DO UPDATE SET
  body = CASE WHEN m.recalled_id IS NULL THEN excluded.body END, body_id = excluded.body_id,
  still = excluded.still, still_all = excluded.still_all
  WHERE m.body_id IS NULL OR excluded.body_id > m.body_id"""
"""The latest edit by id wins; a recall wins over all."""


@applies(MessageEdited)
async def apply_edited(work: Work, edited: Batch[MessageEdited]) -> None:
    """Put new words in place of old ones."""
    bodies = [seal_text(work.keys, record.id, record.event, record.actor) for record in edited]
    still = [array(record.event.mentions) for record in edited]
    columns = edited.columns("conversation", "message")
    await work.db.execute(EDIT, *columns, bodies, edited.ids, still, *edited.columns("mentions_all"))
