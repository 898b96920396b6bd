"""Days as they are written in `before:` and `after:`; they begin by the clock of who asks."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final

from bilin.core.ids import EPOCH_MS, id_at, wall_ms
from bilin.search.words import TODAY, YESTERDAY

_DAY: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_MONTH: Final = re.compile(r"(\d{4})[-/.年](\d{1,2})月?")
_YEAR: Final = re.compile(r"(\d{4})年?")
MAX_ID: Final = (1 << 63) - 1


def day_of(written: str, minutes_east: int) -> date | None:
    """The first day that is meant; None when there is no such day."""
    if written in (*TODAY, *YESTERDAY):
        return _today(minutes_east) - timedelta(days=written in YESTERDAY)
    for pattern in (_DAY, _MONTH, _YEAR):
        if found := pattern.fullmatch(written):
            year, month, day = (*map(int, found.groups()), 1, 1)[:3]
            try:
                return date(year, month, day)
            except ValueError:
                return None
    return None


def first_id_of(day: date, minutes_east: int) -> int:
    """The smallest id of a day."""
    zone = timezone(timedelta(minutes=minutes_east))
    at_ms = round(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp() * 1000)
    return min(MAX_ID, id_at(max(EPOCH_MS, at_ms)))


def _today(minutes_east: int) -> date:
    return (datetime.fromtimestamp(wall_ms() / 1000, UTC) + timedelta(minutes=minutes_east)).date()
