"""`members_added`."""

from bilin.core.events import Batch, Work, applies
from bilin.messaging.members.apply.joining import Entrant, join
from bilin.messaging.members.events import MembersAdded
from bilin.messaging.notices.apply import insert_notices
from bilin.messaging.notices.model import Added


@applies(MembersAdded)
async def apply_added(work: Work, added: Batch[MembersAdded]) -> None:
    """Let people into groups."""
    people = [(record, person) for record in added for person in record.event.people]
    await join(work.db, [Entrant(record.event.conversation, person, record.id) for record, person in people])
    await insert_notices(work, [(record, Added(record.event.people)) for record in added])
