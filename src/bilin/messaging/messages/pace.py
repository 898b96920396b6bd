"""How fast one person may send: enough for any program that means well, too little to drown a company."""

from collections.abc import Callable
from time import monotonic

from bilin.core.errors import TooMany
from bilin.core.ids import PersonId
from bilin.core.site import Site

KEPT = 10_000
FULL_S = 10
"""What comes in so long may be used at once."""
IDLE_S = 60
"""After it any bucket is full: the slowest holds one message and gets one a minute."""


class SendRate:
    """A bucket for each person that fills at a steady rate and holds what comes in ten seconds ("token bucket").

    Kept in memory only: after a restart everybody may send again.
    """

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._now = now
        self._buckets: dict[PersonId, tuple[float, float]] = {}

    def take(self, person: PersonId, per_minute: int) -> None:
        """Note one message of who may send so many; 0: any number. Raises `TooMany` for who is too fast."""
        if not per_minute:
            return
        per_s = per_minute / 60
        most = max(1.0, per_s * FULL_S)
        now = self._now()
        left, at = self._buckets.get(person, (most, now))
        left = min(most, left + (now - at) * per_s)
        if left < 1:
            raise TooMany("You are sending too fast.", retry_after_s=max(1.0, (1 - left) / per_s))
        self._buckets[person] = (left - 1, now)
        if len(self._buckets) > KEPT:
            self._forget_idle(now)

    def _forget_idle(self, now: float) -> None:
        self._buckets = {who: bucket for who, bucket in self._buckets.items() if now - bucket[1] < IDLE_S}


async def start(site: Site) -> None:
    """Everybody may send so fast as policy lets them, and no faster."""
    site.provide(SendRate, SendRate())
