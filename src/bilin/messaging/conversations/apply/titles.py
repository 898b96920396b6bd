"""`conversation_renamed`: the line of the timeline beside what it writes."""

from bilin.core.events import Batch, Work, applies, write_all
from bilin.messaging.conversations.events import ConversationRenamed
from bilin.messaging.notices.apply import insert_notices
from bilin.messaging.notices.model import Renamed


@applies(ConversationRenamed)
async def apply_renamed(work: Work, renamed: Batch[ConversationRenamed]) -> None:
    """Give groups their titles."""
    await write_all(work, renamed)
    await insert_notices(work, [(record, Renamed(record.event.title)) for record in renamed])
