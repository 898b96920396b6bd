"""How fast one person may send: enough for any program that means well, too little to drown a company."""

from collections.abc import Callable
from functools import lru_cache
from time import monotonic

from bilin.core.charges import Charges
from bilin.core.errors import TooMany
from bilin.core.ids import PersonId
from bilin.core.rate_limit import Rate, RateLimit
from bilin.core.site import Site

FULL_S = 10
"""What comes in so long may be used at once."""


class SendRate:
    """So fast as policy lets each person send."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._limit = RateLimit[PersonId](rate_of(60), now)

    def share(self, charges: Charges) -> None:
        """It is one with those of the site's other processes."""
        self._limit.share(charges, "sends", lambda name: PersonId(int(name)))

    def take(self, person: PersonId, per_minute: int) -> None:
        """Note one message of who may send so many; 0: any number. Raises `TooMany` for who is too fast."""
        if per_minute and (wait_s := self._limit.use(person, rate=rate_of(per_minute))):
            raise TooMany("You are sending too fast.", retry_after_s=max(1.0, wait_s))


@lru_cache
def rate_of(per_minute: int) -> Rate:
    """What comes in ten seconds at once, one message at least."""
    per_s = per_minute / 60
    return Rate(max(1.0, per_s * FULL_S), per_s)


async def start(site: Site) -> None:
    """Everybody may send so fast as policy lets them, and no faster."""
    rate = SendRate()
    rate.share(site.charges)
    site.provide(SendRate, rate)
