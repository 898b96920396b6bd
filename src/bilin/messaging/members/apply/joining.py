"""People who come into conversations, by creation or addition."""

from collections.abc import Iterable, Sequence

import msgspec

from bilin.core.database import Connection
from bilin.messaging.receipts.apply.marks import advance


class Entrant(msgspec.Struct, frozen=True):
    """One person who joins one conversation by one event."""

    conversation: int
    person: int
    id: int
    is_admin: bool = False
    peer: int | None = None


JOIN = """
WITH joining AS (
  SELECT DISTINCT ON (j.conversation, j.person) j.*,
         min(j.id) FILTER (WHERE j.id > coalesce(r.changed, 0)) OVER (PARTITION BY j.conversation, j.person) AS start,
         min(j.id) FILTER (WHERE j.id > coalesce(r.removed, 0)) OVER (PARTITION BY j.conversation, j.person) AS began
    FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bool[], $5::bigint[])
      AS j(conversation, person, id, is_admin, peer)
    LEFT JOIN messaging.member r ON r.person = j.person AND r.conversation = j.conversation
   ORDER BY j.conversation, j.person, j.id DESC
), starts AS (
  SELECT s.*, c.last_seq FROM (SELECT DISTINCT conversation, start FROM joining WHERE start IS NOT NULL) s
    LEFT JOIN messaging.conversation c ON c.id = s.conversation
), later AS (
  SELECT s.conversation, s.start, m.sender, m.seq, m.mentions, m.mentions_all, m.arrived
    FROM starts s JOIN messaging.message m ON m.conversation = s.conversation AND m.id > s.start AND m.kind = 1
), counted AS (
  SELECT j.*, greatest(l.own, coalesce(l.unread - 1, s.last_seq, 0)) AS read_seq, coalesce(l.called, 0) AS mention_seq
    FROM joining j LEFT JOIN starts s USING (conversation, start) LEFT JOIN LATERAL (
      SELECT max(l.seq) FILTER (WHERE l.sender = j.person AND l.arrived IS NULL) AS own,
             min(l.seq) FILTER (WHERE l.sender <> j.person) AS unread,
             max(l.seq) FILTER (WHERE l.sender <> j.person AND (l.mentions_all OR j.person = ANY(l.mentions))) AS called
        FROM later l WHERE l.conversation = j.conversation AND l.start = j.start) l ON true
)
INSERT INTO messaging.member AS r
  (conversation, person, present, changed, joined, began, is_admin, is_admin_id, peer, read_seq, mention_seq)
SELECT conversation, person, true, id, id, coalesce(start, began, id), is_admin, id, peer, read_seq, mention_seq
  FROM counted ORDER BY conversation, person
ON CONFLICT (person, conversation) DO UPDATE SET
  present = CASE WHEN excluded.changed > r.changed THEN true ELSE r.present END,
  changed = greatest(r.changed, excluded.changed),
  joined = greatest(r.joined, excluded.joined),
  began = CASE WHEN excluded.changed > r.changed AND NOT r.present THEN excluded.began
               WHEN excluded.began > r.removed THEN least(r.began, excluded.began) ELSE r.began END,
  is_admin = CASE WHEN excluded.is_admin_id > r.is_admin_id THEN excluded.is_admin ELSE r.is_admin END,
  is_admin_id = greatest(r.is_admin_id, excluded.is_admin_id),
  peer = coalesce(r.peer, excluded.peer),
  read_seq = CASE WHEN excluded.changed > r.changed AND NOT r.present
                  THEN greatest(r.read_seq, excluded.read_seq) ELSE r.read_seq END,
  mention_seq = CASE WHEN excluded.changed > r.changed AND NOT r.present
                     THEN excluded.mention_seq ELSE r.mention_seq END
"""
"""Who is present is decided by the latest event by id. Somebody who was not present begins before the first text that
is later than the event that brings them in; texts after it that were applied before it count as they would have."""

COUNT = """
INSERT INTO messaging.conversation AS c (id, members)
SELECT touched.id, (SELECT count(*) FROM messaging.member r WHERE r.conversation = touched.id AND r.present)
  FROM (SELECT DISTINCT unnest($1::bigint[]) AS id) touched
ON CONFLICT (id) DO UPDATE SET members = excluded.members"""


async def join(db: Connection, people: Sequence[Entrant]) -> None:
    """Let people in."""
    columns = ("conversation", "person", "id", "is_admin", "peer")
    await db.execute(JOIN, *([getattr(each, column) for each in people] for column in columns))
    await count_members(db, (each.conversation for each in people))
    await advance(db, [(each.conversation, each.person) for each in people])


async def count_members(db: Connection, conversations: Iterable[int]) -> None:
    """Count who is present, after it changed."""
    await db.execute(COUNT, list(conversations))
