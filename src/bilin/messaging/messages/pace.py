"""How fast one person may send: enough for any program that means well, too little to drown a company."""

from collections.abc import Callable
from time import monotonic

from bilin.core.errors import TooMany
from bilin.core.ids import PersonId
from bilin.core.site import Site
from bilin.messaging.settings import MessagingSettings

KEPT = 10_000


class SendRate:
    """A bucket for each person that fills at a steady rate and holds what comes in ten seconds ("token bucket").

    Kept in memory only: after a restart everybody may send again.
    """

    def __init__(self, per_minute: int, now: Callable[[], float] = monotonic) -> None:
        self._per_s = per_minute / 60
        self._most = max(1.0, self._per_s * 10)
        self._now = now
        self._buckets: dict[PersonId, tuple[float, float]] = {}

    def take(self, person: PersonId) -> None:
        """Note one message. Raises `TooMany` for who is too fast."""
        if not self._per_s:
            return
        now = self._now()
        left, at = self._buckets.get(person, (self._most, now))
        left = min(self._most, left + (now - at) * self._per_s)
        if left < 1:
            raise TooMany("You are sending too fast.", retry_after_s=max(1.0, (1 - left) / self._per_s))
        self._buckets[person] = (left - 1, now)
        if len(self._buckets) > KEPT:
            self._forget_idle(now)

    def _forget_idle(self, now: float) -> None:
        full_s = self._most / self._per_s
        self._buckets = {who: bucket for who, bucket in self._buckets.items() if now - bucket[1] < full_s}


async def start(site: Site) -> None:
    """Everybody may send so fast and no faster."""
    site.provide(SendRate, SendRate(site.settings[MessagingSettings].sends_per_minute))
