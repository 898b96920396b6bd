"""Who ever led a group: kept so that what they did as such is believed when it comes after that they do no more."""

from collections.abc import Sequence

from bilin.core.database import Connection

KEEP = """
INSERT INTO messaging.led (conversation, person, role)
SELECT DISTINCT * FROM unnest($1::bigint[], $2::bigint[], $3::text[]) ON CONFLICT DO NOTHING"""


async def keep_leading(db: Connection, leading: Sequence[tuple[int, int, str]]) -> None:
    """Note (conversation, person, role)."""
    if leading:
        await db.execute(KEEP, *map(list, zip(*leading, strict=True)))
