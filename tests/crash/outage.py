"""How long people noticed a crash, and how long they may."""

import os
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Outage:
    """The longest silence from a crash until everybody was served again, in seconds."""

    crash: str
    answers_s: float
    """Between two acknowledgements of anybody's messages."""
    delivery_s: float
    """Between two messages on one screen, the worst of all."""

    def __str__(self) -> str:
        return f"{self.crash}: no answer for {self.answers_s:.2f} s, no message shown for {self.delivery_s:.2f} s"


def longest_silence(moments: Iterable[float], since: float, until: float) -> float:
    """The longest time without any of these moments in a stretch of time."""
    within = [since, *sorted(each for each in moments if since < each < until), until]
    return max(later - earlier for earlier, later in pairwise(within))


def slowness() -> float:
    """How many times longer everything takes, for all that the machine does beside: its load per processor, or 1."""
    return max(1.0, *(load / (os.cpu_count() or 1) for load in os.getloadavg()[:2]))
