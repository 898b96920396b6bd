"""Whether a password may be tried now (docs/decisions/0030).

From a device that this login signed in on before: by a budget of that device. From any other: strictly by network, and
by login and network together; by the login alone only softly: beyond its budget attempts take turns. All are asked
before any is charged, so who is refused uses up nothing, and the database is asked nothing.
"""

import asyncio
from collections.abc import Sequence

from bilin.core.charges import Charges
from bilin.core.errors import TooMany
from bilin.core.rate_limit import Rate, RateLimit
from bilin.identity.network import network_of
from bilin.identity.outcomes import Outcome
from bilin.identity.settings import IdentitySettings

MAX_TURN_S = 5.0
"""How long an attempt waits for its turn at most; one that would wait longer is refused."""

Charge = tuple[RateLimit[str], str, Outcome]
"""A budget, a name in it, and what it is called when the name has used it up."""


class Refused(TooMany):
    """Too many wrong passwords came before this one."""

    def __init__(self, outcome: Outcome, wait_s: float) -> None:
        super().__init__(retry_after_s=wait_s)
        self.outcome = outcome


class Attempt:
    """One that was let through, and charged."""

    def __init__(self, charges: Sequence[Charge]) -> None:
        self._charges = charges
        for attempts, name, _ in charges:
            attempts.take(name)

    def give_back(self) -> None:
        """It was no guess."""
        for attempts, name, _ in self._charges:
            attempts.give_back(name)


class SignInLimits:
    """Counts attempts."""

    def __init__(self, settings: IdentitySettings) -> None:
        strict, window_s = settings.attempts_per_login, settings.attempts_window_s
        self._per_network = _limit(settings.attempts_per_address, window_s)
        self._per_pair = _limit(strict, window_s)
        self._per_login = _limit(settings.attempts_per_login_everywhere, window_s)
        self._per_device = _limit(strict, window_s)
        self._per_session = _limit(strict, window_s)

    def share(self, charges: Charges) -> None:
        """Attempts at all processes of the site count together."""
        counted = {
            "network": self._per_network,
            "pair": self._per_pair,
            "login": self._per_login,
            "device": self._per_device,
            "session": self._per_session,
        }
        for name, attempts in counted.items():
            attempts.share(charges, f"sign-in {name}", str)

    async def admit(self, login: str, address: str, device: str | None) -> Attempt:
        """Charge an attempt to sign in, and wait for its turn. `device`: known to the login. Raises `Refused`."""
        if device is not None:
            return _charged((self._per_device, f"{device} {login}", "refused_device"))
        network = network_of(address)
        turn_s = self._per_login.wait_s(login)
        strict: list[Charge] = [
            (self._per_network, network, "refused_network"),
            (self._per_pair, f"{network} {login}", "refused_pair"),
        ]
        if turn_s > MAX_TURN_S:
            _require(strict)
            raise Refused("refused_login", turn_s)
        attempt = _charged(*strict, (self._per_login, login, "refused_login"), strictly=len(strict))
        if turn_s > 0:
            await asyncio.sleep(turn_s)
        return attempt

    def admit_in_session(self, session: int) -> Attempt:
        """Charge an attempt to name the present password in a session: whoever stole it keeps nobody else out."""
        return _charged((self._per_session, str(session), "refused_session"))


def _limit(allowed: int, window_s: float) -> RateLimit[str]:
    """So many attempts, which come back evenly over so many seconds."""
    return RateLimit(Rate(allowed, allowed / window_s))


def _charged(*charges: Charge, strictly: int | None = None) -> Attempt:
    """Charge all, when there is an attempt left in each, or in so many of the first."""
    _require(charges[:strictly])
    return Attempt(charges)


def _require(charges: Sequence[Charge]) -> None:
    for attempts, name, outcome in charges:
        if (wait_s := attempts.wait_s(name)) > 0:
            raise Refused(outcome, wait_s)
