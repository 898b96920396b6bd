"""How often somebody may do something: the one limiter, for requests, messages, sockets and passwords.

A generic cell rate algorithm (ITU-T I.371, annex A): a token bucket that is told by one number for each name, the time
at which all that was used will have come back. In memory of bounded size; a restart forgets it.

Whoever makes up names must not make this forget the others: a name is let go of only when all of it is back. While more
names than `remembered` are in use, further ones share common counters.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from time import monotonic
from typing import Final, Generic, TypeVar

from bilin.core.charges import Charge, Charges, tell_nobody

K = TypeVar("K", bound=Hashable)
REMEMBERED: Final = 50_000
SHARED: Final = 65_536
"""Common counters, chosen by Python's hash of the name: that of a text is keyed anew in every process, so that nobody
can aim at one."""
LOOK_S: Final = 1.0
"""Least time from one look for names to let go of to the next: looking costs as much as there are names."""
EXACTLY_S: Final = 1e-9


@dataclass(frozen=True, slots=True)
class Rate:
    """How much may be used at once, and how much of it comes back each second."""

    burst: float
    per_s: float


class RateLimit(Generic[K]):
    """A bucket for each name. A caller whose names have different rates says the rate each time."""

    def __init__(self, rate: Rate, now: Callable[[], float] = monotonic, remembered: int = REMEMBERED) -> None:
        self._rate, self._now, self._remembered = rate, now, remembered
        self._full_at: dict[K, float] = {}
        self._shared: dict[int, float] = {}
        self._looked_at = -LOOK_S
        self._tell: Charge = tell_nobody

    def share(self, charges: Charges, budget: str, name_of: Callable[[str], K]) -> None:
        """It is one with those of this name in the site's other processes. `name_of`: the name in its text."""
        self._tell = charges.share(budget, lambda name, used_s: self._move(name_of(name), used_s))

    def use(self, name: K, cost: float = 1.0, rate: Rate | None = None) -> float:
        """Take so much; 0, or the seconds until there is so much, and then nothing was taken.

        What costs more than the bucket holds takes all of it.
        """
        full_at = self._full_at.get(name)
        if full_at is None:
            if wait_s := self.wait_s(name, cost, rate):
                return wait_s
            self.take(name, cost, rate)
            return 0.0
        # every request and message passes here: the same in one go, for who is known
        rate, now = rate or self._rate, self._now()
        used_s = min(rate.burst, cost) / rate.per_s
        begun_at = max(now, full_at)
        wait_s = begun_at + used_s - rate.burst / rate.per_s - now
        if wait_s > EXACTLY_S:
            return wait_s
        self._full_at[name] = begun_at + used_s
        self._tell(name, used_s)
        return 0.0

    def wait_s(self, name: K, cost: float = 1.0, rate: Rate | None = None) -> float:
        """Seconds until there is so much; 0: there is. Asking uses up nothing."""
        rate, now = rate or self._rate, self._now()
        full_at = self._full_at.get(name)
        if full_at is None:
            full_at = self._shared.get(_shared(name), now) if self._shared else now
        wait_s = max(full_at, now) + (min(cost, rate.burst) - rate.burst) / rate.per_s - now
        return wait_s if wait_s > EXACTLY_S else 0.0

    def take(self, name: K, cost: float = 1.0, rate: Rate | None = None) -> None:
        """Take so much, whether or not it is there."""
        rate = rate or self._rate
        used_s = min(cost, rate.burst) / rate.per_s
        self._move(name, used_s)
        self._tell(name, used_s)

    def _move(self, name: K, used_s: float) -> None:
        """What is used will have come back so much later; less than nothing is given back."""
        if used_s < 0:
            self._move_back(name, -used_s)
            return
        now = self._now()
        full_at = self._full_at.get(name)
        if full_at is None and self._is_crowded(now):
            key = _shared(name)
            self._shared[key] = max(self._shared.get(key, now), now) + used_s
        else:
            self._full_at[name] = (now if full_at is None else max(full_at, now)) + used_s

    def give_back(self, name: K) -> None:
        """One that was taken does not count."""
        self._move_back(name, 1 / self._rate.per_s)
        self._tell(name, -1 / self._rate.per_s)

    def _move_back(self, name: K, seconds: float) -> None:
        if name in self._full_at:
            self._full_at[name] -= seconds
        elif (key := _shared(name)) in self._shared:
            self._shared[key] -= seconds

    def forget(self, name: K) -> None:
        """Nobody has this name any more."""
        self._full_at.pop(name, None)

    def __len__(self) -> int:
        """How many counters are kept."""
        return len(self._full_at) + len(self._shared)

    def _is_crowded(self, now: float) -> bool:
        if len(self._full_at) >= self._remembered and now - self._looked_at >= LOOK_S:
            self._looked_at = now
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
            self._shared = {key: at for key, at in self._shared.items() if at > now}
        return len(self._full_at) >= self._remembered


def _shared(name: Hashable) -> int:
    return hash(name) % SHARED
