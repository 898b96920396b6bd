"""`message_sent`: numbers, rows, and the watermarks that a message moves."""

from collections.abc import Sequence

from bilin.core.events import Alone, Batch, Recorded, Work, applies
from bilin.messaging.messages.apply.arrays import array
from bilin.messaging.messages.bodies import seal_quote, seal_text
from bilin.messaging.messages.events import MessageSent
from bilin.messaging.receipts.apply.marks import advance, covering, keep_marks

SEND = """
WITH sent AS (
  SELECT s.* FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bytea[], $5::bytea[], $6::bigint[], $7::text[],
                         $8::bool[], $9::bigint[])
    WITH ORDINALITY AS s(conversation, id, sender, body, quote, reply_to, mentions, mentions_all, arrived, place)
    LEFT JOIN messaging.message m ON m.conversation = s.conversation AND m.id = s.id
   WHERE m.id IS NULL OR m.kind = 0
), numbered AS (
  SELECT *, row_number() OVER (PARTITION BY conversation ORDER BY place) AS number FROM sent
), counted AS (
  INSERT INTO messaging.conversation AS c (id, last_seq, last_text)
  SELECT conversation, count(*), max(id) FROM sent GROUP BY conversation ORDER BY conversation
  ON CONFLICT (id) DO UPDATE SET last_seq = c.last_seq + excluded.last_seq,
                                 last_text = greatest(c.last_text, excluded.last_text)
  RETURNING c.id, c.last_seq, c.is_mixed
), placed AS (
  SELECT n.*, c.is_mixed, c.last_seq - count(*) OVER (PARTITION BY n.conversation) + n.number AS seq
    FROM numbered n JOIN counted c ON c.id = n.conversation
), inserted AS (
  INSERT INTO messaging.message AS m
    (conversation, id, seq, sender, kind, body, body_id, quote, reply_to, mentions, mentions_all, arrived)
  SELECT conversation, id, seq, sender, 1, body, id, quote, reply_to, mentions::bigint[], mentions_all, arrived
    FROM placed
  ON CONFLICT (conversation, id) DO UPDATE SET
    seq = excluded.seq, sender = excluded.sender, kind = 1,
    mentions = excluded.mentions, mentions_all = excluded.mentions_all, arrived = excluded.arrived,
    body = CASE WHEN m.recalled_id IS NOT NULL THEN NULL WHEN m.body_id IS NULL THEN excluded.body ELSE m.body END,
    body_id = coalesce(m.body_id, excluded.body_id),
    quote = CASE WHEN m.recalled_id IS NULL THEN excluded.quote END,
    reply_to = CASE WHEN m.recalled_id IS NULL THEN excluded.reply_to END
), found AS (
  INSERT INTO messaging.text_number (conversation, seq, id) SELECT conversation, seq, id FROM placed WHERE is_mixed
)
UPDATE messaging.member r SET read_seq = p.seq
  FROM (SELECT conversation, sender, max(seq) AS seq FROM placed WHERE arrived IS NULL GROUP BY conversation, sender) p
 WHERE r.person = p.sender AND r.conversation = p.conversation AND r.read_seq < p.seq"""
"""A message that is here already is left alone; one that was expected (edited or recalled before it came) takes its
place. `seq` is given in `pos` order. Who sends here has read what is here."""

CALL = """
WITH called AS (
  SELECT m.conversation, m.id, m.seq, m.sender, m.mentions, m.mentions_all
    FROM unnest($1::bigint[], $2::bigint[]) AS sent(conversation, id) JOIN messaging.message m USING (conversation, id)
), people AS (
  SELECT conversation, id, seq, sender, unnest(mentions) AS person FROM called
  UNION ALL
  SELECT c.conversation, c.id, c.seq, c.sender, r.person
    FROM called c JOIN messaging.member r ON r.conversation = c.conversation WHERE c.mentions_all
)
UPDATE messaging.member r SET mention_seq = p.seq
  FROM (SELECT p.conversation, p.person, max(p.seq) AS seq FROM people p
          JOIN messaging.member r ON r.person = p.person AND r.conversation = p.conversation
         WHERE p.person <> p.sender AND r.present AND r.began < p.id GROUP BY p.conversation, p.person) p
 WHERE r.person = p.person AND r.conversation = p.conversation AND r.mention_seq < p.seq"""
"""Those who joined later than the message, though it was applied before, are not called by it."""

COUNT_ALONE = """
UPDATE messaging.conversation c SET last_seq = c.last_seq + 1, last_text = greatest(c.last_text, $2::bigint)
 WHERE c.id = $12::bigint RETURNING c.id, c.last_seq AS seq, c.is_mixed"""
SEND_ALONE = """inserted AS (
  INSERT INTO messaging.message (conversation, id, seq, sender, kind, body, body_id, quote, reply_to, mentions_all)
  SELECT id, $2::bigint, seq, $4::bigint, 1, $13::bytea, $2::bigint, $14::bytea, $15::bigint, false FROM due
), found AS (
  INSERT INTO messaging.text_number (conversation, seq, id) SELECT id, seq, $2::bigint FROM due WHERE is_mixed
), seen AS (
  UPDATE messaging.member r SET read_seq = d.seq FROM due d
   WHERE r.person = $4::bigint AND r.conversation = d.id AND r.read_seq < d.seq
)"""
"""`SEND` for one message that was written here, is new, and calls nobody. A conversation that is not here yet, and a
row in the place of the message, leave it to `SEND`."""


def _alone(work: Work, record: Recorded[MessageSent]) -> Sequence[object] | None:
    event = record.event
    if event.mentions or event.mentions_all or record.arrived is not None:
        return None
    conversation, _, _, body, quote, reply_to, *_ = _row(work, record)
    return conversation, body, quote, reply_to


@applies(MessageSent, Alone(COUNT_ALONE, SEND_ALONE, _alone))
async def apply_sent(work: Work, sent: Batch[MessageSent]) -> None:
    """Number and insert the messages, move the senders' watermarks, call those who are mentioned."""
    await work.db.execute(SEND, *_columns(work, sent))
    calling = [record for record in sent if record.event.mentions_all or record.event.mentions]
    if calling:
        await work.db.execute(CALL, [r.event.conversation for r in calling], [r.id for r in calling])
    if arrived := [record for record in sent if record.arrived is not None]:
        marked = await keep_marks(work.db, arrived)
        await advance(work.db, marked + await covering(work.db, [(r.event.conversation, r.id) for r in arrived]))


def _columns(work: Work, sent: Batch[MessageSent]) -> tuple[list[object], ...]:
    rows = [_row(work, record) for record in sent]
    return tuple(map(list, zip(*rows, strict=True)))


def _row(work: Work, record: Recorded[MessageSent]) -> tuple[object, ...]:
    event = record.event
    quote = event.reply_to
    return (
        event.conversation,
        record.id,
        record.actor,
        seal_text(work.keys, record.id, event, record.actor),
        seal_quote(work.keys, record.id, event.conversation, quote),
        quote.id if quote else None,
        array(event.mentions) if event.mentions else None,
        event.mentions_all,
        record.arrived,
    )
