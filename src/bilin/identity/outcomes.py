"""What became of attempts to sign in: counted, and told in the log, without what somebody typed.

A login that nobody has is not told either: people type their password into the wrong field. Lines are bounded, so that
a flood of attempts is no flood of lines; the counter counts all.
"""

from collections.abc import Callable
from time import monotonic
from typing import Any, Literal, TypeAlias

import structlog
from prometheus_client import Counter

from bilin.core.rate_limit import Rate, RateLimit
from bilin.core.telemetry import registry

logger = structlog.get_logger(__name__)

Outcome: TypeAlias = Literal[
    "right",
    "wrong",
    "inactive",
    "expired",
    "busy",
    "refused_network",
    "refused_pair",
    "refused_login",
    "refused_device",
    "refused_session",
    "wrong_in_session",
    "wrong_local_token",
]
LINES = Rate(burst=50, per_s=5)

attempts = Counter("bilin_sign_ins", "Attempts to prove who one is, by their outcome", ["outcome"], registry=registry)


class Lines:
    """How many lines may be written."""

    def __init__(self, now: Callable[[], float] = monotonic) -> None:
        self._limit, self.left_out = RateLimit[str](LINES, now), 0

    def take(self) -> bool:
        """Whether one more may be written; else it is counted."""
        is_too_many = self._limit.use("line") > 0
        self.left_out += is_too_many
        return not is_too_many


_lines = Lines()


def note(outcome: Outcome, **about: Any) -> None:
    """Count an outcome and tell it: `identity.sign_in`, `outcome`, and what is known of who and where."""
    attempts.labels(outcome).inc()
    if outcome == "right":
        logger.info("identity.sign_in", outcome=outcome, **about)
    elif _lines.take():
        left_out, _lines.left_out = _lines.left_out, 0
        if left_out:
            about["lines_left_out"] = left_out
        logger.warning("identity.sign_in_failed", outcome=outcome, **about)
