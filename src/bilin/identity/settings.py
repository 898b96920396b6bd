"""Settings of identity."""

from typing import Annotated

from msgspec import Meta

from bilin.core.policies import policy
from bilin.core.settings import Section, settings_section

SESSION_DAYS = "Days after which a session that nobody uses ends"
MAX_DAYS = "Days after which a session ends even in use, and somebody has to sign in again; 0: never"
HASH_MEMORY = "Memory of one password hash (Argon2id, RFC 9106)"
HASH_PARALLEL = "Password hashes computed at the same time; each takes a processor"
PER_LOGIN = "Wrong passwords for one login from one network address, or on one known device, before it has to wait"
EVERYWHERE = "Wrong passwords for one login, known devices aside, before further attempts take turns"
PER_ADDRESS = "Wrong passwords from one network address (an IPv6 /64) before it has to wait (a branch may share one)"
WINDOW = "Time in which the allowed attempts come back"
GIVEN_DAYS = "Days in which a password that an administrator gave must be replaced by one of the person's own"
MIN_CHARS = "Characters a password must have at least"
MAX_HASH_MEMORY_KIB = 262_144
MAX_HASH_PASSES = 20
"""Whoever signs in at another site than their own makes that site pay what the hash of their password costs."""


@settings_section("identity")
class IdentitySettings(Section, frozen=True):
    """Sign-in: passwords, sessions, and how many attempts somebody has."""

    session_days: Annotated[int, Meta(ge=1, le=366, description=SESSION_DAYS)] = 30
    session_max_days: Annotated[int, Meta(ge=0, le=3660, description=MAX_DAYS)] = 90
    password_min_chars: Annotated[int, Meta(ge=8, le=64, description=MIN_CHARS)] = 8
    given_password_days: Annotated[int, Meta(ge=1, le=366, description=GIVEN_DAYS)] = 14
    hash_memory_kib: Annotated[int, Meta(ge=64, le=MAX_HASH_MEMORY_KIB, description=HASH_MEMORY)] = 32_768
    hash_passes: Annotated[
        int, Meta(ge=1, le=MAX_HASH_PASSES, description="Passes of one password hash over its memory")
    ] = 3
    hash_parallel: Annotated[int, Meta(ge=1, le=32, description=HASH_PARALLEL)] = 2
    attempts_per_login: Annotated[int, Meta(ge=1, le=1000, description=PER_LOGIN)] = 10
    attempts_per_login_everywhere: Annotated[int, Meta(ge=1, le=100_000, description=EVERYWHERE)] = 100
    attempts_per_address: Annotated[int, Meta(ge=1, le=100_000, description=PER_ADDRESS)] = 60
    attempts_window_s: Annotated[int, Meta(ge=1, le=86_400, description=WINDOW)] = 300


SESSION_IDLE = policy(IdentitySettings, "session_days", int, "days")
SESSION_LIFE = policy(IdentitySettings, "session_max_days", int, "days")
PASSWORD_LENGTH = policy(IdentitySettings, "password_min_chars", int, "characters")
GIVEN_PASSWORD_LIFE = policy(IdentitySettings, "given_password_days", int, "days")
POLICIES = (SESSION_IDLE, SESSION_LIFE, PASSWORD_LENGTH, GIVEN_PASSWORD_LIFE)
