"""Signing in with login and password: counted, checked in constant time, and answered with a token."""

from dataclasses import dataclass

from bilin.core.characters import shown_only
from bilin.core.commands import Actor, Context, execute
from bilin.core.database import snapshot, versions
from bilin.core.ids import Id, PersonId, SessionId
from bilin.core.site import Site
from bilin.identity.attempts import Attempts, network_of
from bilin.identity.commands.open_session import OpenSession, open_session
from bilin.identity.errors import WrongCredentials
from bilin.identity.given_passwords import refuse_expired
from bilin.identity.logins import MAX_CHARS, fold_login
from bilin.identity.model import Account, Proof, account_entity
from bilin.identity.passwords import Passwords
from bilin.identity.queries import account_of_login
from bilin.identity.settings import IdentitySettings
from bilin.identity.tokens import digest, new_token

MAX_DEVICE_CHARS = 120
NOBODY = PersonId(0)
NO_PROOF = Proof(Id(0), Id(0))


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A session that was just opened, and the only copy of its token."""

    actor: Actor
    token: str


class SignIn:
    """The way in with a password. One for the process: it counts the attempts."""

    def __init__(self, site: Site) -> None:
        settings = site.settings[IdentitySettings]
        self._site = site
        self._passwords = site.get(Passwords)
        self._per_login = Attempts(settings.attempts_per_login, settings.attempts_window_s)
        self._per_address = Attempts(settings.attempts_per_address, settings.attempts_window_s)

    async def sign_in(self, login: str, password: str, device: str, address: str) -> SignedIn:
        """Open a session. Raises `WrongCredentials`, `PasswordExpired`, `AccountInactive` or `TooMany`."""
        folded = fold_login(login[:MAX_CHARS])
        async with snapshot(self._site.pool) as (db, _):
            account = await account_of_login(db, folded)
            entity = account_entity(NOBODY if account is None else account.person)
            version = (await versions(db, [entity]))[entity]
        nobody = Account(NOBODY, folded, None, NO_PROOF, NO_PROOF)
        is_right = await self.is_right(account or nobody, password, address)
        if account is None or not is_right:
            raise WrongCredentials
        refuse_expired(self._site, account)
        is_outdated = self._passwords.is_outdated(account.password or "")
        new_hash = await self._passwords.hash(password) if is_outdated else None
        token, named = new_token(), name_device(device)
        command = OpenSession(digest(token.encode()).hex(), named, address, account.proof, version, new_hash)
        actor = Actor(account.person, SessionId(self._site.clock.next()))
        await execute(open_session, command, Context(self._site, actor))
        return SignedIn(actor, token)

    async def is_right(self, account: Account | None, password: str, address: str) -> bool:
        """Whether this is the account's password. Wrong ones are counted; raises `TooMany`."""
        login = "" if account is None else account.login
        network = network_of(address)
        self._per_login.take(login)
        self._per_address.take(network)
        is_right = await self._passwords.verify(password, None if account is None else account.password)
        if is_right:
            self._per_login.give_back(login)
            self._per_address.give_back(network)
        return is_right


def name_device(text: str) -> str:
    """What a session is called in the list of my devices."""
    return shown_only(text)[:MAX_DEVICE_CHARS]
