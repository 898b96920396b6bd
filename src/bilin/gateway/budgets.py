"""How much a client may send over its sockets. What is counted, and what happens: protocol, section 4."""

from collections.abc import Callable
from time import monotonic

FRAMES_PER_S = 20
"""Of one connection; further ones in the same second are passed over, pings too."""
FLOOD_PER_S = 200
"""Of one connection and of any kind, control frames and fragments included; more is a flood."""
FLOOD_BYTES_PER_S = 262_144
"""Far more than `FRAMES_PER_S` of the longest list of watched people."""
PERSON_FRAMES_PER_S = 100
PERSON_FLOOD_PER_S = 1_000
STARTS_AT_ONCE = 5
"""`start` frames of one connection: each may read the log. One comes back every `START_AGAIN_S`."""
START_AGAIN_S = 10.0
PERSON_STARTS_AT_ONCE = 60
PERSON_START_AGAIN_S = 1.0
REMEMBERED = 100_000


class Second:
    """What came in one second of the clock."""

    __slots__ = ("at", "frames", "messages", "size")

    def __init__(self) -> None:
        self.at = self.frames = self.messages = self.size = 0

    def turn(self, second: int) -> None:
        """Begin to count anew when it is another second."""
        if second != self.at:
            self.at, self.frames, self.messages, self.size = second, 0, 0, 0


class Starts:
    """How often connections may start: a bucket for each name, of which one comes back every `again_s`."""

    def __init__(self, at_once: int, again_s: float, now: Callable[[], float] = monotonic) -> None:
        self._most_s, self._again_s, self._now = at_once * again_s, again_s, now
        self._full_at: dict[int, float] = {}

    def take(self, name: int) -> bool:
        """Use one up; whether there was one."""
        now = self._now()
        full_at = max(self._full_at.get(name, now), now) + self._again_s
        if full_at - now > self._most_s + 1e-9:
            return False
        self._full_at[name] = full_at
        if len(self._full_at) > REMEMBERED:
            self._full_at = {each: at for each, at in self._full_at.items() if at > now}
        return True

    def forget(self, name: int) -> None:
        """Nobody has this name any more."""
        self._full_at.pop(name, None)
