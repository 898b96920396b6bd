"""What `bilin doctor` looks at of the other sites: what of theirs waits for an administrator."""

from collections.abc import AsyncIterator

from bilin.core.checks import Examined, Observation, unchecked, warning, well
from bilin.core.database import reading
from bilin.core.ids import time_ms, wall_ms

KEPT_BACK_MS = 3_600_000
SELECT_JOINED = "SELECT count(*) FROM sites.site WHERE joined IS NOT NULL AND retired IS NULL"
SELECT_KEPT_BACK = "SELECT count(*) AS events, min(arrived) AS since FROM sites.kept_back"


async def look_at_kept_back(examined: Examined) -> AsyncIterator[Observation]:
    """What other sites sent and may not say waits for an administrator."""
    name = "sites.kept_back"
    if examined.pool is None:
        yield unchecked(name, "Without a database nobody knows what waits.")
        return
    async with reading(examined.pool) as db:
        if await db.fetchval("SELECT to_regclass('sites.kept_back')") is None:
            return
        joined, kept = await db.fetchval(SELECT_JOINED), await db.fetchrow(SELECT_KEPT_BACK)
    if not joined:
        return
    waits = kept is not None and kept["events"] and wall_ms() - time_ms(kept["since"]) > KEPT_BACK_MS
    if kept is not None and waits:
        said = f"{kept['events']} events of other sites are kept back for more than an hour: not theirs to say."
        yield warning(name, said, "Look at them: `bilin site kept-back`, or the sites page of the administration.")
    else:
        yield well(name, f"{joined} sites have joined; nothing of theirs waits for a decision.")
