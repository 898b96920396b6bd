"""How far people have read, when they read at another site.

Sites number messages in the order they arrive, each in its own. What was read elsewhere therefore comes as marks: ids
up to which somebody has read what began at one site (the events of a site arrive in its order). Here `read_seq` follows
as far as it can without passing a text that is not covered: one that is above the person's mark of its site, and not
older than their membership. Marks only grow and a text stays covered, so the order in which they come does not matter.

Whatever covers a text is applied before `advance` looks, so that the text numbered `read_seq + 1` is never covered:
only those for whom something new may be covered have to be looked at.
"""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from bilin.core.database import Connection
from bilin.core.events import Recorded
from bilin.messaging.messages.events import MessageSent
from bilin.messaging.receipts.events import ReadMarked

Pair = tuple[int, int]
"""(conversation, person)"""
E = TypeVar("E", MessageSent, ReadMarked)

KEEP = """
INSERT INTO messaging.read_mark AS k (conversation, person, site, through)
SELECT conversation, person, ((mark >> 12) & 1023)::smallint AS site, max(mark)
  FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS e(conversation, person, mark)
 GROUP BY conversation, person, site ORDER BY conversation, person, site
ON CONFLICT (conversation, person, site) DO UPDATE SET through = excluded.through WHERE k.through < excluded.through"""

COVERING = """
WITH arrived AS (
  SELECT conversation, ((id >> 12) & 1023)::smallint AS site, min(id) AS id
    FROM unnest($1::bigint[], $2::bigint[]) AS a(conversation, id) GROUP BY conversation, site
)
SELECT k.conversation, k.person FROM arrived a
  JOIN messaging.read_mark k ON k.conversation = a.conversation AND k.site = a.site AND k.through >= a.id
UNION
SELECT r.conversation, r.person FROM (SELECT conversation, min(id) AS id FROM arrived GROUP BY conversation) a
  JOIN messaging.member r ON r.conversation = a.conversation AND r.present AND r.began > a.id
 WHERE EXISTS (SELECT FROM messaging.message n WHERE n.conversation = a.conversation AND n.id > a.id AND n.kind = 2)"""
"""Whom texts that just came may concern: who read up to them elsewhere, or joined later (of which a notice tells)."""

MIX = """
WITH mixed AS (
  INSERT INTO messaging.conversation AS c (id, is_mixed)
  SELECT DISTINCT conversation, true FROM unnest($1::bigint[]) AS w(conversation) ORDER BY conversation
  ON CONFLICT (id) DO UPDATE SET is_mixed = true WHERE NOT c.is_mixed
  RETURNING c.id
)
INSERT INTO messaging.text_number (conversation, seq, id)
SELECT m.conversation, m.seq, m.id FROM mixed c JOIN messaging.message m ON m.conversation = c.id WHERE m.kind = 1
ON CONFLICT DO NOTHING"""
"""From now on texts are found by their numbers. Those that are here already come in once; `SEND` adds the others."""

ADVANCE = """
WITH standing AS MATERIALIZED (
  SELECT r.conversation, r.person, r.read_seq, r.began, c.last_seq, k.sites, k.marks
    FROM (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS w(conversation, person)) w
    JOIN messaging.member r ON r.person = w.person AND r.conversation = w.conversation
    JOIN messaging.conversation c ON c.id = r.conversation
    LEFT JOIN LATERAL (SELECT array_agg(k.site) AS sites, array_agg(k.through) AS marks FROM messaging.read_mark k
                        WHERE k.conversation = w.conversation AND k.person = w.person) k ON true
   WHERE r.present AND r.read_seq < c.last_seq AND c.is_mixed
), stopped AS MATERIALIZED (
  SELECT s.conversation, s.person, coalesce((
           SELECT CASE WHEN t.conversation = s.conversation THEN t.seq - 1 END FROM messaging.text_number t
            WHERE (t.conversation, t.seq) > (s.conversation, s.read_seq) AND (t.conversation <> s.conversation OR (
                    t.id >= s.began
                AND t.id > coalesce(s.marks[array_position(s.sites, ((t.id >> 12) & 1023)::smallint)], 0)))
            ORDER BY t.conversation, t.seq LIMIT 1), s.last_seq) AS through
    FROM standing s
)
UPDATE messaging.member r SET read_seq = s.through FROM stopped s
 WHERE r.person = s.person AND r.conversation = s.conversation AND r.read_seq < s.through"""
"""Up to before the first text that is not covered. Written so that the planner walks the primary key, whatever it knows
of the table: from a place on, to the first text that is not covered or belongs to the next conversation."""


async def keep_marks(db: Connection, records: Iterable[Recorded[E]]) -> list[Pair]:
    """Keep what these events mark, and say whose marks they are. A mark of what is later than its event is none."""
    marks = [
        (record.event.conversation, record.actor, mark)
        for record in records
        if record.actor is not None
        for mark in record.event.marks(record.id)
        if mark <= record.id
    ]
    if marks:
        await db.execute(KEEP, *map(list, zip(*marks, strict=True)))
        await db.execute(MIX, [conversation for conversation, _, _ in marks])
    return [(conversation, person) for conversation, person, _ in marks]


async def covering(db: Connection, arrived: Sequence[Pair]) -> list[Pair]:
    """Who may have read some of these (conversation, text) elsewhere already, or need not read them."""
    rows = await db.fetch(COVERING, *map(list, zip(*arrived, strict=True)))
    return [(row["conversation"], row["person"]) for row in rows]


async def advance(db: Connection, people: Sequence[Pair]) -> None:
    """Let `read_seq` follow what covers the texts after it."""
    if people:
        await db.execute(ADVANCE, *map(list, zip(*people, strict=True)))
