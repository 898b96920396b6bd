"""Guests: people who sign in at another site than their own.

Other sites believe what somebody does at a site when they are at home there, or when their home says that they proved
to be there. So a site at which a guest signs in has the home (or, when that is away, the founding site) check the
password as well. Signing in does not wait for it. While no line is up the password is kept in memory, for some hours at
most, and nowhere else (docs/decisions/0031).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from time import monotonic

import msgspec
import structlog

from bilin.core.database import Connection, reading
from bilin.core.errors import BilinError, Unavailable
from bilin.core.ids import PersonId
from bilin.core.log import Decision
from bilin.core.ownership import FOUNDER
from bilin.core.site import Site
from bilin.identity.claims import guest_until
from bilin.identity.errors import WrongCredentials
from bilin.identity.events import GuestAdmitted
from bilin.identity.model import Account
from bilin.org import people_by_ids
from bilin.sites import Homes, Network

logger = structlog.get_logger(__name__)

ADMIT = "admit"
"""The kind of question: does this password prove that this person is with you?"""
ANSWERED_WITHIN_S = 10.0
ASK_AGAIN_S = 5.0
KEPT_S = 12 * 3600.0
MOST_WAITING = 1_000
FOR_EVER = (1 << 63) - 1
SELECT_GUEST = "SELECT admitted FROM identity.guest WHERE person = $1 AND site = $2"


class Ask(msgspec.Struct, frozen=True, array_like=True):
    """A guest's proof, as the site asks where they are at home."""

    login: str
    password: str


class Admitted(msgspec.Struct, frozen=True, array_like=True):
    """The answer: whether the home believes it, and has said so to all sites."""

    is_guest: bool


class _Waiting(msgspec.Struct):
    login: str
    password: str
    since: float


class Guests:
    """At the site where a guest signs in: has it confirmed."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._waiting: dict[PersonId, _Waiting] = {}
        self._stir = asyncio.Event()

    async def signed_in(self, account: Account, password: str) -> None:
        """Somebody proved themselves here; who is at home elsewhere has to be confirmed, once for a password."""
        here = self._site.number
        if here == FOUNDER or self._site.get(Homes).now.of_person(account.person) == here:
            return
        async with reading(self._site.pool) as db:
            if await self._is_admitted(db, account):
                return
        self._waiting[account.person] = _Waiting(account.login, password, monotonic())
        while len(self._waiting) > MOST_WAITING:
            self._waiting.pop(next(iter(self._waiting)))
        self._stir.set()

    async def _is_admitted(self, db: Connection, account: Account) -> bool:
        admitted = await db.fetchval(SELECT_GUEST, account.person, self._site.number)
        return guest_until(self._site.number, admitted or 0, account.proof.password, 0) == FOR_EVER

    async def run(self) -> None:
        """Ask for those who wait, for ever."""
        while True:
            await self._stir.wait()
            for person, waiting in list(self._waiting.items()):
                if await self._is_answered(person, waiting):
                    self._waiting.pop(person, None)
            if self._waiting:
                await asyncio.sleep(ASK_AGAIN_S)
            else:
                self._stir.clear()

    async def _is_answered(self, person: PersonId, waiting: _Waiting) -> bool:
        """Whether there is nothing more to ask: confirmed, refused, or too long ago."""
        if monotonic() - waiting.since > KEPT_S:
            return True
        network, question = self._site.get(Network), msgspec.msgpack.encode(Ask(waiting.login, waiting.password))
        for number in self._who_may_say(person):
            try:
                answer = await network.ask(number, question, ADMIT, ANSWERED_WITHIN_S)
                is_guest = msgspec.msgpack.decode(answer, type=Admitted).is_guest
            except (BilinError, msgspec.DecodeError) as cause:
                logger.info("identity.guest_not_confirmed", site=number, reason=repr(cause))
                continue
            if not is_guest:
                logger.warning("identity.guest_refused", person=person, site=number)
            return True
        return False

    def _who_may_say(self, person: PersonId) -> Sequence[int]:
        network = self._site.get(Network)
        home = self._site.get(Homes).now.of_person(person)
        return [number for number in dict.fromkeys((home, FOUNDER)) if network.is_reachable(number)]


class GuestDesk:
    """At the home of people: answers whether the password a site was given is theirs, and says so to all sites.

    `confirm` says whose login and password they are, and counts guesses by login and by who asks.
    """

    def __init__(self, site: Site, confirm: Callable[[str, str, int], Awaitable[Account | None]]) -> None:
        self._site, self._confirm = site, confirm

    async def answer(self, asker: int, question: bytes) -> bytes:
        """Guesses are counted as those of any stranger are. Raises `TooMany`, and `Unavailable` away from home."""
        try:
            ask = msgspec.msgpack.decode(question, type=Ask)
        except msgspec.DecodeError as cause:
            raise WrongCredentials from cause
        account = await self._confirm(ask.login, ask.password, asker)
        is_guest = account is not None and await self._admit(asker, account.person)
        return msgspec.msgpack.encode(Admitted(is_guest))

    async def _admit(self, asker: int, person: PersonId) -> bool:
        """Tell all sites, unless the person may not sign in, or need not be anybody's guest."""
        async with reading(self._site.pool) as db:
            is_active = any(found.active for found in await people_by_ids(db, [person]))
        if not is_active or not self._may_say(asker, person):
            return False
        await self._site.log.append(Decision([GuestAdmitted(person=person, site=asker)]), person)
        return True

    def _may_say(self, asker: int, person: PersonId) -> bool:
        here = self._site.number
        if asker == FOUNDER:
            return False
        if here in (FOUNDER, self._site.get(Homes).now.of_person(person)):
            return True
        raise Unavailable("That person is not at home here.")
