"""The settings, and the machine's clock."""

import ctypes
from collections.abc import AsyncIterator

from bilin.core.checks import Examined, Observation, broken, unchecked, warning, well
from bilin.core.database import reading
from bilin.core.ids import MAX_AHEAD_MS, time_ms, wall_ms
from bilin.core.settings import DEFAULT, explain

TIME_ERROR = 5
"""adjtimex(2): the clock is not synchronised."""
SELECT_NEWEST = "SELECT coalesce(max(id), 0) FROM core.log"


async def look_at_settings(examined: Examined) -> AsyncIterator[Observation]:
    """That they are valid is known: else nobody came here."""
    changed = [each for each in explain(examined.settings) if each.source != DEFAULT]
    file = examined.settings.file or "no settings file"
    yield well("core.settings", f"{len(changed)} settings differ from the defaults ({file}).")
    if examined.settings.passed_over:
        names = ", ".join(examined.settings.passed_over)
        yield warning("core.settings", f"Not settings, and passed over: {names}.", "Remove them from the environment.")


async def look_at_clock(examined: Examined) -> AsyncIterator[Observation]:
    """Ids are times: a clock that goes wrong makes messages stand in the wrong order."""
    yield _synchronised()
    if examined.pool is None:
        return
    async with reading(examined.pool) as db:
        newest = await db.fetchval(SELECT_NEWEST)
    ahead_ms = time_ms(newest) - wall_ms() if newest > 0 else 0
    if ahead_ms > MAX_AHEAD_MS:
        said = f"The newest event is {ahead_ms / 1000:.0f} s in the future of this machine's clock: it was set back."
        yield broken("core.clock", said, "Set the clock right (NTP); until then new ids follow the newest event.")


def _synchronised() -> Observation:
    name, advice = "core.clock", "Run an NTP client: `timedatectl set-ntp true`, or chrony."
    state = _clock_state()
    if state < 0:
        return unchecked(name, "The kernel does not say whether the clock is synchronised.", advice)
    if state == TIME_ERROR:
        return warning(name, "The clock of this machine is not synchronised with any other.", advice)
    return well(name, "The clock is synchronised.")


def _clock_state() -> int:
    """adjtimex(2), reading only; below zero where it is not allowed."""
    try:
        return int(ctypes.CDLL(None, use_errno=True).adjtimex(ctypes.create_string_buffer(512)))
    except (OSError, AttributeError):
        return -1
