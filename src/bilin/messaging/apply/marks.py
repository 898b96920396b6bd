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
from bilin.core.events import Recorded, Work
from bilin.messaging.events import MessageSent, ReadMarked

Pair = tuple[int, int]
"""(conversation, person)"""
E = TypeVar("E", MessageSent, ReadMarked)

FEW = 200

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

ADVANCE = f"""
WITH standing AS (
  SELECT r.conversation, r.person, r.read_seq, r.began, c.last_seq, c.last_seq - r.read_seq AS unread,
         (SELECT k.through FROM messaging.read_mark k
           WHERE k.conversation = r.conversation AND k.person = r.person AND k.site = $3) AS mark
    FROM (SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[]) AS w(conversation, person)) w
    JOIN messaging.member r ON r.person = w.person AND r.conversation = w.conversation
    JOIN messaging.conversation c ON c.id = r.conversation
   WHERE r.present AND r.read_seq < c.last_seq
), elsewhere AS (
  SELECT s.*, greatest(coalesce(s.mark, 0), s.began) AS floor, coalesce((
           SELECT m.seq FROM messaging.message m
            WHERE m.conversation = s.conversation AND m.arrived IS NOT NULL AND m.kind = 1 AND m.seq > s.read_seq
              AND m.id >= s.began AND m.id > coalesce((
                    SELECT k.through FROM messaging.read_mark k WHERE k.conversation = s.conversation
                       AND k.person = s.person AND k.site = ((m.id >> 12) & 1023)::smallint), 0)
            ORDER BY m.seq LIMIT 1), s.last_seq + 1) AS bound
    FROM standing s
), stopped AS (
  SELECT e.conversation, e.person, least(e.bound, CASE
           WHEN e.bound = e.read_seq + 1 THEN e.bound
           WHEN e.unread <= {FEW} OR (e.mark IS NULL AND e.unread < e.read_seq) THEN (
             SELECT min(m.seq) FROM (
                 SELECT m.id, m.seq FROM messaging.message m
                  WHERE m.conversation = e.conversation AND m.arrived IS NULL AND m.kind = 1
                  ORDER BY m.id DESC LIMIT e.unread) m
              WHERE m.seq > e.read_seq AND m.id > e.floor)
           ELSE (
             SELECT m.seq FROM messaging.message m
              WHERE m.conversation = e.conversation AND m.arrived IS NULL AND m.kind = 1
                AND m.id > e.floor AND m.seq > e.read_seq ORDER BY m.id LIMIT 1)
         END) AS stop
    FROM elsewhere e
)
UPDATE messaging.member r SET read_seq = s.stop - 1 FROM stopped s
 WHERE r.person = s.person AND r.conversation = s.conversation AND r.read_seq < s.stop - 1"""  # noqa: S608 (constant)
"""Up to before the first text that is not covered. Among what arrived, an index of that alone finds it. What was
written here has numbers in the order of its ids: it is looked for among as many of the newest as are unread, or, where
these are many, upwards from what is known to be read. Nulls do not count for `least`."""


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
    return [(conversation, person) for conversation, person, _ in marks]


async def covering(db: Connection, arrived: Sequence[Pair]) -> list[Pair]:
    """Who may have read some of these (conversation, text) elsewhere already, or need not read them."""
    rows = await db.fetch(COVERING, *map(list, zip(*arrived, strict=True)))
    return [(row["conversation"], row["person"]) for row in rows]


async def advance(work: Work, people: Sequence[Pair]) -> None:
    """Let `read_seq` follow what covers the texts after it."""
    if people:
        conversations, persons = map(list, zip(*people, strict=True))
        await work.db.execute(ADVANCE, conversations, persons, work.site)
