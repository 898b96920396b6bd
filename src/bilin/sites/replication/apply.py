"""Events of sites → rows, as far as what they write is not declared with them; the same whatever the order."""

from bilin.core.events import Batch, Work, applies
from bilin.sites.replication.events import KeptBackSettled

SETTLE = """
INSERT INTO sites.settled AS s (event, accepted, id) SELECT DISTINCT ON (event) event, accepted, id
  FROM unnest($1::bigint[], $2::boolean[], $3::bigint[]) AS e(event, accepted, id) ORDER BY event, id DESC
ON CONFLICT (event) DO UPDATE SET accepted = excluded.accepted, id = excluded.id WHERE s.id < excluded.id"""
DROP = """
DELETE FROM sites.kept_back k USING sites.settled s
 WHERE k.id = ANY($1::bigint[]) AND s.event = k.id AND NOT s.accepted"""


@applies(KeptBackSettled)
async def apply_settled(work: Work, settled: Batch[KeptBackSettled]) -> None:
    rows = [(event, record.event.accepted, record.id) for record in settled for event in record.event.events]
    if rows:
        await work.db.execute(SETTLE, *map(list, zip(*rows, strict=True)))
        await work.db.execute(DROP, [event for event, _, _ in rows])
