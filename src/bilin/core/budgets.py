"""How much one person may ask of the server: one budget over everything they do, weighed by what it costs.

In points. A request costs what its route says (`opt=cost(20)`; one, unless it says so) and one more for each
`BYTES_A_POINT` of its body. What is refused is charged nothing, and was neither read nor looked up. Programs, which
carry their token in a header, have a budget of their own beside the person's browsers (docs/decisions/0030).
"""

from collections.abc import Callable, Iterable
from time import monotonic
from typing import Any

import structlog
from prometheus_client import Counter

from bilin.core.charges import Charges
from bilin.core.errors import TooMany
from bilin.core.rate_limit import Rate, RateLimit
from bilin.core.settings import LimitsSettings
from bilin.core.telemetry import registry

logger = structlog.get_logger(__name__)

COST = "cost"
STREAMS = "streams"
BURST_S = 10.0
"""What comes in so long may be used at once."""
BYTES_A_POINT = 2_000
BYTES_A_POINT_OF_FILES = 1_000_000
"""They go to disk as they come, and what bounds them is room."""
UNKNOWN_SIZE_POINTS = 50
"""For a body whose size is not told before it comes."""
SOCKET_POINTS = 5
"""For a new socket: it resumes, which may read the log."""
LINE_EVERY_S = 10.0

refused = Counter("bilin_requests_refused", "Requests beyond the budget of who asked", ["kind"], registry=registry)


def cost(points: int) -> dict[str, Any]:
    """`opt=cost(20)` on a route that costs more than most."""
    return {COST: points}


def streams() -> dict[str, Any]:
    """`opt=streams()` on a route that takes the bytes of a file as they come, and holds none of them."""
    return {STREAMS: True}


class RequestBudget:
    """What people, and their programs, may ask."""

    def __init__(self, settings: LimitsSettings, now: Callable[[], float] = monotonic) -> None:
        self._people = _limit(settings.points_per_minute, now)
        self._programs = _limit(settings.program_points_per_minute, now)
        self._lines = RateLimit[str](Rate(1, 1 / LINE_EVERY_S), now)

    def share(self, charges: Charges) -> None:
        """It is one with those of the site's other processes."""
        for name, limit in (("requests", self._people), ("programs", self._programs)):
            if limit is not None:
                limit.share(charges, name, int)

    def charge(self, person: int, points: float, *, is_program: bool) -> None:
        """Charge a request. Raises `TooMany`."""
        limit = self._programs if is_program else self._people
        if limit is not None and (wait_s := limit.use(person, points)):
            self._refuse(person, "program" if is_program else "person")
            raise TooMany("This is more than one person may ask of the server.", retry_after_s=max(1.0, wait_s))

    def _refuse(self, person: int, kind: str) -> None:
        refused.labels(kind).inc()
        if not self._lines.use("too many"):
            logger.warning("http.too_many", person=person, kind=kind)


def _limit(per_minute: int, now: Callable[[], float]) -> RateLimit[int] | None:
    """None: no limit."""
    per_s = per_minute / 60
    return RateLimit(Rate(max(1.0, per_s * BURST_S), per_s), now) if per_minute else None


def weigh(headers: Iterable[tuple[bytes, bytes]], points: int, *, is_streamed: bool = False) -> tuple[float, bool]:
    """What a request with these raw headers costs beside its route's points, and whether a program sends it."""
    is_program = False
    bytes_a_point = BYTES_A_POINT_OF_FILES if is_streamed else BYTES_A_POINT
    total: float = points
    for name, value in headers:
        if name == b"authorization":
            is_program = True
        elif name == b"content-length":
            total += int(value) // bytes_a_point if value.isdigit() else UNKNOWN_SIZE_POINTS
        elif name == b"transfer-encoding":
            total += UNKNOWN_SIZE_POINTS
    return total, is_program
