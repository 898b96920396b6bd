"""How often somebody may try a password, in memory of bounded size.

A generic cell rate algorithm (ITU-T I.371, annex A): for each name one number, the time at which all its attempts will
have come back. A restart forgets it, which gives an attacker a handful of attempts.

Whoever makes up names must not make this forget the others: a name is let go of only when all its attempts are back.
While more names than `REMEMBERED` are in use, further ones share common counters.
"""

import ipaddress
from collections.abc import Callable
from time import monotonic

REMEMBERED = 50_000
SHARED = 65_536
"""Common counters, chosen by Python's hash of the name: keyed anew in every process, so nobody can aim at one."""
LOOK_S = 1.0
"""Least time from one look for names to let go of to the next: looking costs as much as there are names."""
IPV6_HOST_BITS = 64


class Attempts:
    """`allowed` attempts for each name; they come back evenly over `window_s` seconds."""

    def __init__(self, allowed: int, window_s: float, now: Callable[[], float] = monotonic) -> None:
        self._interval_s = window_s / allowed
        self._window_s = window_s
        self._now = now
        self._full_at: dict[str, float] = {}
        self._shared: dict[int, float] = {}
        self._looked_at = -LOOK_S

    def wait_s(self, name: str) -> float:
        """How long until there is an attempt left; 0: there is one. Asking uses up nothing."""
        now = self._now()
        full_at = self._full_at.get(name)
        if full_at is None:
            full_at = self._shared.get(_shared(name), now)
        return max(0.0, max(full_at, now) + self._interval_s - now - self._window_s - 1e-9)

    def take(self, name: str) -> None:
        """Use up one attempt, whether or not there is one left."""
        now = self._now()
        if name not in self._full_at and self._is_full(now):
            counters, key = self._shared, _shared(name)
        else:
            counters, key = self._full_at, name  # type: ignore[assignment]
        counters[key] = max(counters.get(key, now), now) + self._interval_s

    def give_back(self, name: str) -> None:
        """The attempt was no guess: it does not count."""
        if name in self._full_at:
            self._full_at[name] -= self._interval_s
        elif (key := _shared(name)) in self._shared:
            self._shared[key] -= self._interval_s

    def __len__(self) -> int:
        """How many counters are kept."""
        return len(self._full_at) + len(self._shared)

    def _is_full(self, now: float) -> bool:
        if len(self._full_at) >= REMEMBERED and now - self._looked_at >= LOOK_S:
            self._looked_at = now
            self._full_at = {name: at for name, at in self._full_at.items() if at > now}
            self._shared = {key: at for key, at in self._shared.items() if at > now}
        return len(self._full_at) >= REMEMBERED


def _shared(name: str) -> int:
    return hash(name) % SHARED


def network_of(address: str) -> str:
    """What stands for one party on the network: an IPv4 address, or the /64 that an IPv6 host can roam in."""
    try:
        parsed = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(parsed, ipaddress.IPv6Address) and parsed.ipv4_mapped is None:
        return str(ipaddress.ip_network((parsed, IPV6_HOST_BITS), strict=False))
    return str(getattr(parsed, "ipv4_mapped", None) or parsed)
