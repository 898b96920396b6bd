"""Notices: what happened to a group, as lines of its timeline."""

from collections.abc import Sequence
from typing import TypeVar

from bilin.core.events import Recorded, Work
from bilin.messaging.conversations.events import ConversationEvent
from bilin.messaging.messages.bodies import seal_notice
from bilin.messaging.notices.model import Notice

E = TypeVar("E", bound=ConversationEvent)

INSERT = """
INSERT INTO messaging.message AS m (conversation, id, seq, sender, kind, body, body_id, arrived)
SELECT n.conversation, n.id, coalesce((SELECT m.seq FROM messaging.message m
                                        WHERE m.conversation = n.conversation AND m.id < n.id AND m.kind = 1
                                        ORDER BY m.id DESC LIMIT 1), 0), n.sender, 2, n.body, n.id, n.arrived
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bigint[])
    AS n(conversation, id, sender, body, arrived)
ON CONFLICT (conversation, id) DO UPDATE SET
  seq = excluded.seq, sender = excluded.sender, kind = 2, body = excluded.body, body_id = excluded.body_id,
  arrived = excluded.arrived
  WHERE m.kind = 0"""
"""A notice carries the number of the text before it."""


async def insert_notices(work: Work, notices: Sequence[tuple[Recorded[E], Notice]]) -> None:
    """Put notices into their timelines; each has the id and the actor of its event."""
    if not notices:
        return
    conversations = [record.event.conversation for record, _ in notices]
    ids = [record.id for record, _ in notices]
    senders = [record.actor or 0 for record, _ in notices]
    bodies = [
        seal_notice(work.keys, record.id, record.event.conversation, sender, notice)
        for (record, notice), sender in zip(notices, senders, strict=True)
    ]
    await work.db.execute(INSERT, conversations, ids, senders, bodies, [record.arrived for record, _ in notices])
