"""`conversation_renamed`: the latest title by id wins."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.conversations.events import ConversationRenamed
from bilin.messaging.messages.bodies import seal_title
from bilin.messaging.notices.apply import insert_notices
from bilin.messaging.notices.model import Renamed

RENAME = """
INSERT INTO messaging.conversation AS c (id, title, title_id)
SELECT DISTINCT ON (conversation) conversation, title, id
  FROM unnest($1::bigint[], $2::bytea[], $3::bigint[]) AS s(conversation, title, id) ORDER BY conversation, id DESC
ON CONFLICT (id) DO UPDATE SET title = excluded.title, title_id = excluded.title_id
  WHERE excluded.title_id > c.title_id"""


@applies(ConversationRenamed)
async def apply_renamed(work: Work, renamed: Batch[ConversationRenamed]) -> None:
    """Give groups their titles."""
    sealed = [seal_title(work.keys, r.id, r.event.conversation, r.event.title) for r in renamed]
    await work.db.execute(RENAME, renamed.column("conversation"), sealed, renamed.ids)
    await insert_notices(work, [(record, Renamed(record.event.title)) for record in renamed])
