"""How much a client may send over its sockets. What is counted, and what happens: protocol, section 4."""

from bilin.core.rate_limit import Rate

FRAMES_PER_S = 20
"""Of one connection; further ones in the same second are passed over, pings too."""
FLOOD_PER_S = 200
"""Of one connection and of any kind, control frames and fragments included; more is a flood."""
FLOOD_BYTES_PER_S = 262_144
"""Far more than `FRAMES_PER_S` of the longest list of watched people."""
PERSON_FRAMES_PER_S = 100
PERSON_FLOOD_PER_S = 1_000
STARTS = Rate(burst=5, per_s=1 / 10)
"""`start` frames of one connection: each may read the log."""
PERSON_STARTS = Rate(burst=60, per_s=1)


class Second:
    """What came in one second of the clock."""

    __slots__ = ("at", "frames", "messages", "size")

    def __init__(self) -> None:
        self.at = self.frames = self.messages = self.size = 0

    def turn(self, second: int) -> None:
        """Begin to count anew when it is another second."""
        if second != self.at:
            self.at, self.frames, self.messages, self.size = second, 0, 0, 0
