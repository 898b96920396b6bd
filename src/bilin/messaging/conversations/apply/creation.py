"""`conversation_created`."""

from bilin.core.events import Batch, Recorded, Work, applies
from bilin.messaging.conversations.events import ConversationCreated
from bilin.messaging.conversations.tables import DIRECT, GROUP
from bilin.messaging.members.apply.joining import Entrant, join
from bilin.messaging.members.apply.leading import keep_leading
from bilin.messaging.messages.bodies import seal_title
from bilin.messaging.notices.apply import insert_notices
from bilin.messaging.notices.model import Created

CREATE = """
INSERT INTO messaging.conversation AS c (id, kind, created, title, title_id, owner, owner_id)
SELECT DISTINCT ON (n.id) n.* FROM
  unnest($1::bigint[], $2::smallint[], $3::bigint[], $4::bytea[], $5::bigint[], $6::bigint[], $7::bigint[])
  AS n(id, kind, created, title, title_id, owner, owner_id) ORDER BY n.id, n.created
ON CONFLICT (id) DO UPDATE SET
  kind = excluded.kind,
  created = CASE WHEN c.created = 0 THEN excluded.created ELSE least(c.created, excluded.created) END,
  title = CASE WHEN excluded.title_id > c.title_id THEN excluded.title ELSE c.title END,
  title_id = greatest(c.title_id, excluded.title_id),
  owner = CASE WHEN excluded.owner_id > c.owner_id THEN excluded.owner ELSE c.owner END,
  owner_id = greatest(c.owner_id, excluded.owner_id)"""
"""Two people who begin their direct conversation at two sites make one; a group is made once. A direct conversation has
neither title nor owner, so the first of its events may stand for all."""


@applies(ConversationCreated)
async def apply_created(work: Work, created: Batch[ConversationCreated]) -> None:
    """Make the conversations and let their first members in."""
    rows = [_row(work, record) for record in created]
    await work.db.execute(CREATE, *map(list, zip(*rows, strict=True)))
    await join(work.db, [each for record in created for each in _joining(record)])
    groups = [record for record in created if record.event.kind == "group"]
    await keep_leading(work.db, [each for record in groups for each in _leading(record)])
    await insert_notices(work, [(record, Created(record.event.title)) for record in groups])


def _row(work: Work, record: Recorded[ConversationCreated]) -> tuple[object, ...]:
    event = record.event
    if event.kind == "direct":
        return event.conversation, DIRECT, record.id, None, 0, None, 0
    title = seal_title(work.keys, record.id, event.conversation, event.title)
    owner = next((member.person for member in event.members if member.role == "owner"), None)
    return event.conversation, GROUP, record.id, title, record.id, owner, record.id


def _joining(record: Recorded[ConversationCreated]) -> list[Entrant]:
    event = record.event
    people = [member.person for member in event.members]
    peers = dict(zip(people, reversed(people), strict=True)) if event.kind == "direct" else {}
    return [
        Entrant(event.conversation, member.person, record.id, member.role == "admin", peers.get(member.person))
        for member in event.members
    ]


def _leading(record: Recorded[ConversationCreated]) -> list[tuple[int, int, str]]:
    event = record.event
    return [(event.conversation, each.person, each.role) for each in event.members if each.role != "member"]
