"""What `bilin doctor` looks at of the audit chain: its newest links, whether it keeps up, and its anchors outside."""

from collections.abc import AsyncIterator

from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.crypto import Keyring, look_at_master_key
from bilin.core.database import snapshot
from bilin.core.ids import wall_ms
from bilin.core.site import MASTER_KEY_FILE
from bilin.governance.anchors import ANCHOR_FILE
from bilin.governance.findings import Report
from bilin.governance.verify import Walk

NEWEST = 2_000
BEHIND = 5_000
ANCHOR_AGE_MS = 2 * 86_400_000
NAME = "governance.audit"


async def look_at_chain(examined: Examined) -> AsyncIterator[Observation]:
    """The quick look; `bilin audit verify` walks all of it."""
    key = examined.folder / MASTER_KEY_FILE
    if examined.pool is None or not key.is_file():
        yield unchecked(NAME, "Without database and key the audit chain cannot be looked at.")
        return
    async with snapshot(examined.pool) as (db, head):
        if await db.fetchval("SELECT to_regclass('governance.audit')") is None:
            return
        walk = Walk(db, Keyring(look_at_master_key(key)), head)
        report = await walk.verify_newest(NEWEST, examined.folder / ANCHOR_FILE)
        age_ms = wall_ms() - report.anchored_at_ms if report.anchored_at_ms is not None else None
    if report.count:
        yield broken(NAME, _found(report), "Run `bilin audit verify` for all of it, and delete nothing before.")
    elif report.events:
        looked = min(NEWEST, report.events)
        yield well(NAME, f"The newest {looked:,} of {report.events:,} links of the audit chain hold.")
    if head - report.events > BEHIND:
        said = f"The audit chain is {head - report.events:,} events behind the log."
        yield warning(NAME, said, "Does the worker run? Look at the logs of `bilin serve`.")
    if report.events and age_ms is None:
        said = "Nothing of the audit chain is anchored outside the database."
        yield warning(NAME, said, f"Is {ANCHOR_FILE} writable?")
    elif age_ms is not None and age_ms > ANCHOR_AGE_MS and head > (report.anchored_pos or 0):
        said = f"The audit chain was last anchored {age_ms / 86_400_000:.0f} days ago."
        yield warning(NAME, said, "Does the worker run? Look at the logs of `bilin serve`.")


def _found(report: Report) -> str:
    first = report.findings[0]
    where = "" if first.pos is None else f" (position {first.pos})"
    return f"{report.count} places are not as they were written, first: {first.said}{where}."
