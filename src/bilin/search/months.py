"""Months: the partitions of the index, and the windows in which it is searched, the newest first and ever wider."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from bilin.core.crypto import month_of
from bilin.core.database import Connection
from bilin.core.ids import EPOCH_MS, id_at, wall_ms

NEWEST = (1 << 63) - 1
SELECT_MISSING = """
SELECT name FROM unnest($1::text[]) AS wanted(name) WHERE to_regclass('search.' || name) IS NULL"""
CREATE = "CREATE TABLE IF NOT EXISTS search.{name} PARTITION OF search.entry FOR VALUES FROM ({first}) TO ({next})"
MONTHS_A_YEAR = 12
FIRST_MONTH = month_of(id_at(EPOCH_MS))


def first_of(month: int) -> int:
    """The smallest id of a month, which is counted as `month_of` does."""
    at = datetime(month // MONTHS_A_YEAR, month % MONTHS_A_YEAR + 1, 1, tzinfo=UTC)
    return max(0, id_at(round(at.timestamp() * 1000)))


def windows(low: int, high: int) -> Iterator[tuple[int, int]]:
    """Ranges of ids that cover all from `low` to before `high`: one month, then two more, four, eight. What is later
    than now, by a clock elsewhere, is of the first."""
    newest = month_of(min(high - 1, id_at(wall_ms())))
    months = 1
    while high > low:
        begin = max(low, first_of(max(FIRST_MONTH, newest - months + 1)))
        yield begin, high
        high, newest, months = begin, newest - months, months * 2


async def make_months(db: Connection, ids: Iterable[int]) -> None:
    """Have the partitions that these ids belong to."""
    wanted = {f"entry_{month // MONTHS_A_YEAR}{month % MONTHS_A_YEAR + 1:02}": month for month in map(month_of, ids)}
    for row in await db.fetch(SELECT_MISSING, sorted(wanted)):
        month = wanted[row["name"]]
        await db.execute(CREATE.format(name=row["name"], first=first_of(month), next=first_of(month + 1)))
