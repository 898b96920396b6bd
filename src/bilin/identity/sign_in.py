"""Signing in with login and password: counted, checked in constant time, and answered with a token."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bilin.core.characters import shown_only
from bilin.core.commands import Actor, Context, execute
from bilin.core.database import snapshot, versions
from bilin.core.errors import BilinError, TooMany
from bilin.core.ids import PersonId, SessionId
from bilin.core.site import Site
from bilin.identity.commands.open_session import OpenSession, open_session
from bilin.identity.errors import AccountInactive, PasswordExpired, WrongCredentials
from bilin.identity.given_passwords import refuse_expired
from bilin.identity.guests import Guests
from bilin.identity.known_devices import KnownDevices
from bilin.identity.logins import MAX_CHARS, fold_login
from bilin.identity.model import Account, account_entity
from bilin.identity.network import network_of
from bilin.identity.outcomes import note
from bilin.identity.passwords import Passwords
from bilin.identity.queries import account_of_login
from bilin.identity.settings import IdentitySettings
from bilin.identity.sign_in_limits import Attempt, Refused, SignInLimits
from bilin.identity.tokens import digest, new_token

MAX_DEVICE_CHARS = 120
NOBODY = PersonId(0)
"""Whose version is read where there is no account: so that it takes as long."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was just opened, and the only copy of its token."""

    actor: Actor
    token: str
    device_token: str
    """By which the device is known from now on: see `KnownDevices`."""


class SignIn:
    """The way in with a password. One for the process."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._passwords = site.get(Passwords)
        self._devices = site.get(KnownDevices)
        self._limits = SignInLimits(site.settings[IdentitySettings])
        self._limits.share(site.charges)

    async def sign_in(self, login: str, password: str, device: str, address: str, device_token: str = "") -> SignedIn:
        """Open a session. `device_token`: what an earlier sign-in left on the device. Raises `WrongCredentials`,
        `PasswordExpired`, `AccountInactive` or `TooMany`."""
        folded = fold_login(login[:MAX_CHARS])
        known = self._devices.name_of(device_token, folded)
        where = {"network": network_of(address), "known_device": known is not None}
        try:
            attempt = await self._limits.admit(folded, address, known)
        except Refused as refused:
            note(refused.outcome, **where)
            raise
        account, version, is_right = await self._try(attempt, folded, password, where)
        if account is None or not is_right:
            note("wrong", person=None if account is None else account.person, **where)
            raise WrongCredentials
        actor, token = Actor(account.person, SessionId(self._site.clock.next())), new_token()
        is_outdated = self._passwords.is_outdated(account.password or "")
        new_hash = await self._passwords.hash(password) if is_outdated else None
        named = name_device(device)
        command = OpenSession(digest(token.encode()).hex(), named, address, account.proof, version, new_hash)
        try:
            refuse_expired(self._site, account)
            await execute(open_session, command, Context(self._site, actor))
        except (AccountInactive, PasswordExpired) as cause:
            note("expired" if isinstance(cause, PasswordExpired) else "inactive", person=account.person, **where)
            raise
        note("right", person=account.person, session=actor.session, **where)
        await self._site.get(Guests).signed_in(account, password)
        return SignedIn(actor, token, self._devices.after_sign_in(device_token, folded))

    async def confirm(self, login: str, password: str, asker: int) -> Account | None:
        """The account whose password somebody gave at another site; None: it is not right. Guesses are counted as those
        of any stranger are, from one address for each site. Raises `TooMany`."""
        folded = fold_login(login[:MAX_CHARS])
        where = {"network": f"site {asker}", "known_device": False}
        try:
            attempt = await self._limits.admit(folded, f"site {asker}", None)
        except Refused as refused:
            note(refused.outcome, **where)
            raise
        account, _, is_right = await self._try(attempt, folded, password, where)
        if account is None or not is_right:
            note("wrong", person=None if account is None else account.person, **where)
            return None
        return account

    async def _try(
        self, attempt: Attempt, login: str, password: str, where: Mapping[str, Any]
    ) -> tuple[Account | None, int, bool]:
        """The account of a login, its version, and whether this is its password: only a wrong one stays charged."""
        try:
            if not where["known_device"]:
                self._passwords.require_room_for_stranger()
            async with snapshot(self._site.pool) as (db, _):
                account = await account_of_login(db, login)
                entity = account_entity(NOBODY if account is None else account.person)
                version = (await versions(db, [entity]))[entity]
            stored = None if account is None else account.password
            is_right = await self._passwords.verify(password, stored)
        except BilinError as cause:
            attempt.give_back()
            if isinstance(cause, TooMany):
                note("busy", **where)
            raise
        if is_right:
            attempt.give_back()
        return account, version, is_right

    async def is_own_password(self, account: Account | None, password: str, session: SessionId) -> bool:
        """Whether this is the password of whoever has a session. Raises `TooMany`.

        Wrong ones are counted for the session alone: it may be stolen, and must not keep its owner out of anything.
        """
        try:
            attempt = self._limits.admit_in_session(session)
        except Refused as refused:
            note(refused.outcome, session=session)
            raise
        try:
            stored = None if account is None else account.password
            is_right = await self._passwords.verify(password, stored)
        except TooMany:
            attempt.give_back()
            raise
        if is_right:
            attempt.give_back()
        else:
            note("wrong_in_session", session=session)
        return is_right


def name_device(text: str) -> str:
    """What a session is called in the list of my devices."""
    return shown_only(text)[:MAX_DEVICE_CHARS]
