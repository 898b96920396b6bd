"""Events of sites → rows, as far as what they write is not declared with them; the same whatever the order."""

from bilin.core.events import Batch, Work, applies, write_all
from bilin.sites.replication.events import KeptBackSettled

DROP = """
DELETE FROM sites.kept_back k USING sites.settled s
 WHERE k.id = ANY($1::bigint[]) AND s.event = k.id AND NOT s.accepted"""


@applies(KeptBackSettled)
async def apply_settled(work: Work, settled: Batch[KeptBackSettled]) -> None:
    await write_all(work, settled)
    await work.db.execute(DROP, [event for record in settled for event in record.event.events])
