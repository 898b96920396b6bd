"""What other sites may say of accounts, sessions and roles, by size and form: what a door of this release or of the one
before lets in, and no more."""

import re

from argon2 import Type, extract_parameters
from argon2.exceptions import InvalidHashError
from msgspec import UNSET

from bilin.core.characters import has_control
from bilin.core.claims import Limits
from bilin.identity.events import (
    AccountCreated,
    GrantGiven,
    GrantRevoked,
    GuestAdmitted,
    LoginChanged,
    PasswordSet,
    PreferencesChanged,
    SessionOpened,
    SessionRevoked,
    SessionUsed,
)
from bilin.identity.logins import login as login_rule
from bilin.identity.model import LATEST_MS
from bilin.identity.settings import MAX_HASH_MEMORY_KIB, MAX_HASH_PASSES

MAX_DEVICE_CHARS = 120
MAX_ADDRESS_CHARS = 64
MAX_ROLE_CHARS = 40
MAX_HASH_CHARS = 400
MAX_SITE = 1_023
TOKEN_SHA256 = re.compile(r"[0-9a-f]{64}")
TEXT_SCALE = range(90, 131)


def _account(event: AccountCreated) -> bool:
    return _is_login(event.login)


def _login(event: LoginChanged) -> bool:
    return _is_login(event.login) and _is_login(event.old)


def _is_login(login: str) -> bool:
    try:
        return login_rule(login) == login
    except ValueError:
        return False


def _password(event: PasswordSet) -> bool:
    """A hash says itself what it costs to verify: here as well, whenever somebody signs in under that login."""
    if len(event.hash) > MAX_HASH_CHARS:
        return False
    try:
        cost = extract_parameters(event.hash)
    except (InvalidHashError, ValueError):
        return False
    is_bounded = cost.memory_cost <= MAX_HASH_MEMORY_KIB and cost.time_cost <= MAX_HASH_PASSES
    return cost.type is Type.ID and is_bounded and cost.parallelism == 1


def _opened(event: SessionOpened) -> bool:
    is_shown = len(event.device) <= MAX_DEVICE_CHARS and len(event.address) <= MAX_ADDRESS_CHARS
    is_plain = not has_control(event.device + event.address)
    return is_shown and is_plain and bool(TOKEN_SHA256.fullmatch(event.token_sha256))


def _preferences(event: PreferencesChanged) -> bool:
    is_legible = event.text_scale is UNSET or event.text_scale in TEXT_SCALE
    return is_legible and (event.quiet_until is UNSET or 0 <= event.quiet_until <= LATEST_MS)


def _given(event: GrantGiven) -> bool:
    return 0 < len(event.role) <= MAX_ROLE_CHARS and not has_control(event.role)


def _guest(event: GuestAdmitted) -> bool:
    return 0 < event.site <= MAX_SITE


def _any(_: object) -> bool:
    """It holds ids alone, which are looked at when it is read."""
    return True


LIMITS: Limits = {
    AccountCreated: _account,
    LoginChanged: _login,
    PasswordSet: _password,
    SessionOpened: _opened,
    SessionUsed: _any,
    SessionRevoked: _any,
    PreferencesChanged: _preferences,
    GrantGiven: _given,
    GrantRevoked: _any,
    GuestAdmitted: _guest,
}
