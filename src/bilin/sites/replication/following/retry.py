"""What keeps a follower from going on, and how long it waits before it tries again."""

import asyncio

import msgspec
import structlog

from bilin.core.backoff import Backoff
from bilin.core.errors import BilinError, Unavailable
from bilin.core.ids import MAX_AHEAD_MS, ClockAhead
from bilin.sites.replication.following.wakeup import Wakeup

FIRST_WAIT_S = 0.5
LONGEST_WAIT_S = 60.0
logger = structlog.get_logger()


class Trouble(msgspec.Struct, frozen=True):
    """An error that lasts: its code and what it said."""

    code: str
    detail: str


class Retry:
    """Waits after errors: longer each time, until one time it went well."""

    def __init__(self, holder: int) -> None:
        self._holder = holder
        self._again = Backoff(FIRST_WAIT_S, LONGEST_WAIT_S)
        self._stirred = Wakeup()
        self.trouble: Trouble | None = None

    def calm(self) -> None:
        """It went well."""
        self.trouble = None
        self._again.went_well()

    def stir(self) -> None:
        """The other site is there: no need to wait longer for the line. What is refused does not get better by it."""
        self._stirred.ring()

    async def after(self, error: Exception) -> None:
        """Note what went wrong and wait."""
        self._note(error)
        if isinstance(error, ClockAhead):
            await asyncio.sleep(_until_its_time(error))
            return
        wait_s = self._again.next_s()
        await asyncio.sleep(min(wait_s, FIRST_WAIT_S))
        rest_s = wait_s - FIRST_WAIT_S
        if rest_s > 0 and isinstance(error, Unavailable):
            self._stirred.still()
            await self._stirred.wait(rest_s)
        elif rest_s > 0:
            await asyncio.sleep(rest_s)

    def _note(self, error: Exception) -> None:
        is_expected = isinstance(error, BilinError)
        code = error.code if isinstance(error, BilinError) else "core.unexpected"
        trouble = Trouble(code, str(error))
        if self.trouble is None or self.trouble.code != code:
            logger.warning(
                "sites.following_stopped", holder=self._holder, code=code, detail=str(error), exc_info=not is_expected
            )
        self.trouble = trouble


def _until_its_time(error: ClockAhead) -> float:
    """Seconds until the id is near enough; not more than a while, as this machine's clock may be set meanwhile."""
    ahead_ms = int(error.details.get("ahead_ms", 0))
    return min(max((ahead_ms - MAX_AHEAD_MS) / 1000, 1.0), LONGEST_WAIT_S)
