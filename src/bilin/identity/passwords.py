"""Passwords: hashed with Argon2id (RFC 9106) in threads, a bounded number at a time, so the event loop never waits.

Checking takes the same time whether or not there is such an account, so that nobody learns who has one.
"""

import asyncio
import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TypeVar

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bilin.core.errors import TooMany
from bilin.core.site import Site
from bilin.identity.password_rules import MAX_CHARS, normal
from bilin.identity.settings import IdentitySettings

BUSY = "Many people are signing in at this moment."
MAX_WAITING = 200
MAX_WAITING_STRANGERS = 150
"""The rest is for those who are known: a flood of made-up sign-ins must not keep them out."""
ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
GENERATED_CHARS = 16
"""79 bits with this alphabet (without letters that look alike)."""

T = TypeVar("T")


class Passwords:
    """Hashes and verifies. One for the process: it bounds how much memory and how many processors that takes."""

    def __init__(self, settings: IdentitySettings) -> None:
        self._hasher = PasswordHasher(settings.hash_passes, settings.hash_memory_kib, parallelism=1)
        # Nobody guesses 79 random bits, so a generated password needs no slow hash, and ten thousand imported people
        # no quarter of an hour. It is hashed again with the full cost when it is first used.
        self._quick_hasher = PasswordHasher(1, 64, parallelism=1)
        self._threads = ThreadPoolExecutor(settings.hash_parallel, thread_name_prefix="password")
        self._waiting = 0

    async def hash(self, password: str) -> str:
        """The hash to store."""
        return await self._run(lambda: self._hasher.hash(normal(password)))

    async def hash_generated(self, passwords: list[str]) -> list[str]:
        """The hashes of passwords made by `generate_password`."""
        return await self._run(lambda: [self._quick_hasher.hash(password) for password in passwords])

    def require_room_for_stranger(self) -> None:
        """Raises `TooMany` while so many wait that the rest of the room is for those who are known."""
        if self._waiting >= MAX_WAITING_STRANGERS:
            raise TooMany(BUSY, retry_after_s=2)

    async def verify(self, password: str, stored: str | None) -> bool:
        """Whether the password is the one stored. `None`: there is none; it takes as long."""
        return await self._run(lambda: self._verify(normal(password[: MAX_CHARS + 1]), stored))

    def is_outdated(self, stored: str) -> bool:
        """Whether the hash was made with other parameters than today's, and should be made again."""
        return self._hasher.check_needs_rehash(stored)

    @cached_property
    def _nobody(self) -> str:
        return self._hasher.hash(secrets.token_hex(16))

    def _verify(self, password: str, stored: str | None) -> bool:
        is_right = stored is not None and self._matches(stored, password)
        if stored is None or self.is_outdated(stored):
            self._matches(self._nobody, password)
        return is_right

    def _matches(self, stored: str, password: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    async def _run(self, work: Callable[[], T]) -> T:
        if self._waiting >= MAX_WAITING:
            raise TooMany(BUSY, retry_after_s=2)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, work)
        finally:
            self._waiting -= 1


async def hash_password(site: Site, password: str) -> str:
    """The hash of a password that is not checked, for programs that write the log themselves (sample data)."""
    return await Passwords(site.settings[IdentitySettings]).hash(password)


def generate_password() -> str:
    """A random password that can be read out on the telephone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(GENERATED_CHARS))
