"""Passwords that somebody else gave: good for some days, to choose another with (OWASP ASVS 5.0, 6.4.1)."""

from bilin.core.ids import time_ms, wall_ms
from bilin.core.policies import Policies
from bilin.core.site import Site
from bilin.identity.errors import PasswordExpired
from bilin.identity.model import Account
from bilin.identity.settings import GIVEN_PASSWORD_LIFE

DAY_MS = 86_400_000


def refuse_expired(site: Site, account: Account) -> None:
    """Raises `PasswordExpired` for a password that was given too long ago. The id of its event is the time."""
    days = site.get(Policies).of_person(GIVEN_PASSWORD_LIFE, account.person)
    if account.must_change and wall_ms() - time_ms(account.proof.password) > days * DAY_MS:
        raise PasswordExpired
