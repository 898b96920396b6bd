"""How often somebody may try a password: per login and per network address, in memory, of bounded size.

A generic cell rate algorithm (ITU-T I.371, annex A): for each name one number, the time at which all its attempts will
have come back. A restart forgets it, which gives an attacker a handful of attempts.
"""

import ipaddress
from collections import OrderedDict
from collections.abc import Callable
from time import monotonic

from bilin.core.errors import TooMany

REMEMBERED = 50_000


class Attempts:
    """`allowed` attempts for each name; they come back evenly over `window_s` seconds."""

    def __init__(self, allowed: int, window_s: float, now: Callable[[], float] = monotonic) -> None:
        self._interval_s = window_s / allowed
        self._window_s = window_s
        self._now = now
        self._full_at: OrderedDict[str, float] = OrderedDict()

    def take(self, name: str) -> None:
        """Use up one attempt. Raises `TooMany` when there is none left."""
        now = self._now()
        full_at = max(self._full_at.get(name, now), now) + self._interval_s
        if full_at - now > self._window_s + 1e-9:
            raise TooMany(retry_after_s=full_at - now - self._window_s)
        self._full_at[name] = full_at
        self._full_at.move_to_end(name)
        if len(self._full_at) > REMEMBERED:
            self._full_at.popitem(last=False)

    def give_back(self, name: str) -> None:
        """The attempt was no guess: it does not count."""
        if name in self._full_at:
            self._full_at[name] -= self._interval_s


def network_of(address: str) -> str:
    """What stands for one party on the network: an IPv4 address, or the /64 that an IPv6 host can roam in."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)
