"""Who asks: from a token to an actor, in microseconds, from memory.

The memory is kept true by the log's tail: a session that ends, and all of a person who is deactivated or whose password
was set, are forgotten as soon as the event arrives, at whatever site it began; the command that ended them in this
process does not even wait for that. What is not in memory is asked of the database; that there is no such session is
never remembered.

Use is noted by an event at most once an hour for each session. That is exact enough for "ends after 30 days without
use" and for the list of my devices, and it is little beside the messages of a working hour. The event makes the note
survive a restart and reach other sites, as everything else does; writing rows past the log would not.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from time import time
from typing import Any

import structlog
from cachetools import LRUCache
from litestar.types import Scope

from bilin.core.commands import Actor
from bilin.core.database import reading
from bilin.core.errors import Unavailable
from bilin.core.http import Authenticator
from bilin.core.ids import PersonId, SessionId, id_at, site_of, time_ms
from bilin.core.log import Decision, Entry
from bilin.core.site import Site
from bilin.identity.errors import MustChangePassword, NotSignedIn
from bilin.identity.events import PasswordSet, SessionRevoked, SessionUsed
from bilin.identity.local_access import LOCAL_PREFIX, LocalAccess
from bilin.identity.origins import Origins
from bilin.identity.queries import LIVING, open_sessions
from bilin.identity.session_life import has_expired
from bilin.identity.tokens import TOKEN_CHARS, CookieName, digest, read_credentials
from bilin.org import PersonDeactivated, people_by_ids
from bilin.sites import SiteRevoked

logger = structlog.get_logger(__name__)

REMEMBERED = 100_000
NOTE_USE_S = 3600
JUST_S = 1.0
"""Whether a session has ended by time is looked at no more often: it ends by days."""
LOAD_ATTEMPTS = 5
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
ENDINGS = frozenset(
    {SessionRevoked.TYPE.name, PasswordSet.TYPE.name, PersonDeactivated.TYPE.name, SiteRevoked.TYPE.name}
)
BEFORE_CHOOSING: dict[str, Any] = {"before_choosing": True}
"""`opt=BEFORE_CHOOSING` on a route handler: open to sessions opened with a password that somebody else gave."""
SELECT_SESSION = f"{LIVING} AND token_sha256 = $1"
SELECT_USED = "SELECT id, used FROM identity.session WHERE id = ANY($1::bigint[])"


@dataclass(slots=True)
class LiveSession:
    """A session in memory. Times are seconds since the Unix epoch."""

    actor: Actor
    token_sha256: bytes
    used_at: float
    noted_at: float
    looked_at: float
    """When it was last seen that it goes on."""
    must_change: bool
    """It was opened with a password that somebody else gave."""


@dataclass(slots=True, eq=False)
class EndedMeanwhile:
    """Whose sessions ended while one was read."""

    people: set[PersonId] = field(default_factory=set)
    all: bool = False
    """Maybe anybody's."""


class Sessions(Authenticator):
    """The sessions that are in use, by the hash of their token."""

    def __init__(self, site: Site, origins: Origins) -> None:
        self._site = site
        self._origins = origins
        self._local = LocalAccess(site)
        self.cookie = CookieName(self._local.mark)
        self._live: LRUCache[bytes, LiveSession] = LRUCache(REMEMBERED)
        self._of_person: dict[PersonId, dict[SessionId, LiveSession]] = {}
        self._reading: list[EndedMeanwhile] = []
        site.tail.listen(self._hear, self._start_over)

    async def authenticate(self, scope: Scope) -> Actor:
        """The actor of a request or socket."""
        is_unsafe = scope.get("method") not in SAFE_METHODS  # a socket has no method
        handler = scope.get("route_handler")
        is_before = handler is not None and bool(handler.opt.get("before_choosing"))
        return await self.authenticate_headers(scope["headers"], is_unsafe=is_unsafe, before_choosing=is_before)

    async def authenticate_headers(
        self, headers: Iterable[tuple[bytes, bytes]], *, is_unsafe: bool, before_choosing: bool = False
    ) -> Actor:
        """The actor behind raw ASGI headers. Raises `NotSignedIn`, `ForeignOrigin`, or `MustChangePassword` unless this
        is for those who still have to choose a password."""
        found = read_credentials(headers, self.cookie, self._origins)
        if found.token is None:
            raise NotSignedIn
        if found.is_cookie and is_unsafe:
            self._origins.require_own(found.origin, found.host, is_https=found.is_secure)
        if len(found.token) != TOKEN_CHARS:
            if found.token.startswith(LOCAL_PREFIX) and not found.is_cookie:
                return self._local.actor_of(found.token)
            raise NotSignedIn
        token_sha256 = digest(found.token)
        session = self._known(token_sha256) or await self._load(token_sha256)
        self._use(session)
        if session.must_change and not before_choosing:
            raise MustChangePassword
        return session.actor

    async def of_cookie(self, headers: Iterable[tuple[bytes, bytes]]) -> Actor | None:
        """Whose session the cookie of a browser is; None when it has none that is still good."""
        found = read_credentials(headers, self.cookie, self._origins)
        return await self._of_token(found.token) if found.is_cookie else None

    async def knows(self, headers: Iterable[tuple[bytes, bytes]]) -> bool:
        """Whether there is such a session; of the local administrator's token, whether it is one."""
        found = read_credentials(headers, self.cookie, self._origins)
        if found.token is not None and found.token.startswith(LOCAL_PREFIX) and not found.is_cookie:
            try:
                return bool(self._local.actor_of(found.token))
            except NotSignedIn:
                return False
        return await self._of_token(found.token) is not None

    async def _of_token(self, token: bytes | None) -> Actor | None:
        if token is None or len(token) != TOKEN_CHARS:
            return None
        token_sha256 = digest(token)
        try:
            return (self._live.get(token_sha256) or await self._load(token_sha256)).actor
        except NotSignedIn:
            return None

    def last_used(self, person: PersonId) -> dict[SessionId, SessionId]:
        """The sessions of a person in use here, each with the time (as an id) of its last use."""
        live = self._of_person.get(person, {})
        return {session: SessionId(id_at(int(each.used_at * 1000))) for session, each in live.items()}

    def forget(self, person: PersonId, session: SessionId | None = None) -> None:
        """A session of a person has ended, or all may have: nobody is let in by memory any more."""
        for endings in self._reading:
            endings.people.add(person)
        live = self._of_person.get(person, {})
        for each in [live[session]] if session in live else [] if session else list(live.values()):
            self._drop(each)

    def _start_over(self) -> None:
        """Endings were missed: nobody is let in by memory."""
        for endings in self._reading:
            endings.all = True
        self._live.clear()
        self._of_person.clear()

    async def overdue(self, actors: Iterable[Actor]) -> frozenset[SessionId]:
        """Those of these sessions that ended by time: nobody used them, or they are too old. Asking is no use of them.

        Raises `Unavailable`.
        """
        now, asked = time(), list(actors)
        used = {
            session: live.used_at
            for actor in asked
            for session, live in self._of_person.get(actor.person, {}).items()
            if session == actor.session
        }
        elsewhere = [int(actor.session) for actor in asked if actor.session not in used]
        if elsewhere:
            async with reading(self._site.pool) as db:
                rows = await db.fetch(SELECT_USED, elsewhere)
            used |= {SessionId(row["id"]): time_ms(row["used"]) / 1000 for row in rows}
        return frozenset(
            actor.session
            for actor in asked
            if has_expired(self._site, actor.person, actor.session, used.get(actor.session, now), now)
        )

    def _forget_site(self, site: int) -> None:
        """The access of a site ended, and with it all sessions that were opened there."""
        for endings in self._reading:
            endings.all = True
        for each in [live for live in self._live.values() if site_of(live.actor.session) == site]:
            self._drop(each)

    def _drop(self, session: LiveSession) -> None:
        self._live.pop(session.token_sha256, None)
        of_person = self._of_person.get(session.actor.person, {})
        of_person.pop(session.actor.session, None)
        if not of_person:
            self._of_person.pop(session.actor.person, None)

    def _hear(self, entries: Sequence[Entry]) -> None:
        for entry in entries:
            if entry.type in ENDINGS:
                event = entry.event()
                if isinstance(event, SessionRevoked):
                    self.forget(event.person, event.session)
                elif isinstance(event, PasswordSet | PersonDeactivated):
                    self.forget(event.person)  # those that a password leaves open are read again
                elif isinstance(event, SiteRevoked):
                    self._forget_site(event.site)

    async def _load(self, token_sha256: bytes) -> LiveSession:
        """From the database. If a session of the person ended while it was read, what was read may be untrue: read
        again. Those of others are nothing to it: a company that starts its day ends sessions all the time."""
        for _ in range(LOAD_ATTEMPTS):
            ended = EndedMeanwhile()
            self._reading.append(ended)
            try:
                session = await self._read(token_sha256)
            finally:
                self._reading.remove(ended)
            if not ended.all and session.actor.person not in ended.people:
                self._keep(session)
                return session
        raise Unavailable("the sessions of this person are ending at this moment")

    def _keep(self, session: LiveSession) -> None:
        if self._live.currsize >= self._live.maxsize:
            _, longest_unused = self._live.popitem()
            self._drop(longest_unused)
        self._live[session.token_sha256] = session
        self._of_person.setdefault(session.actor.person, {})[session.actor.session] = session

    async def _read(self, token_sha256: bytes) -> LiveSession:
        async with reading(self._site.pool) as db:
            row = await db.fetchrow(SELECT_SESSION, token_sha256)
            people = await people_by_ids(db, [PersonId(row["person"])]) if row is not None else []
        if row is None or not any(person.active for person in people):
            raise NotSignedIn
        actor, used_at = Actor(people[0].id, SessionId(row["id"])), time_ms(row["used"]) / 1000
        if has_expired(self._site, actor.person, actor.session, used_at, time()):
            raise NotSignedIn
        return LiveSession(actor, token_sha256, used_at, used_at, used_at, row["must_change"])

    def _known(self, token_sha256: bytes) -> LiveSession | None:
        try:
            return self._live[token_sha256]  # `get` of the cache looks twice
        except KeyError:
            return None

    def _use(self, session: LiveSession) -> None:
        now = time()
        if 0 <= now - session.looked_at < JUST_S:
            session.used_at = now
            return
        if has_expired(self._site, session.actor.person, session.actor.session, session.used_at, now):
            self._drop(session)
            raise NotSignedIn
        session.used_at = session.looked_at = now
        if now - session.noted_at > NOTE_USE_S:
            session.noted_at = now
            self._site.spawn("note-session-use", self._note_use(session.actor))

    async def _note_use(self, actor: Actor) -> None:
        used = SessionUsed(session=actor.session, person=actor.person)
        try:
            await self._site.log.append(Decision([used]), actor.person)
        except Unavailable as cause:
            logger.info("identity.use_not_noted", session=actor.session, reason=str(cause))


async def authenticate_headers(site: Site, headers: Iterable[tuple[bytes, bytes]], *, is_unsafe: bool) -> Actor:
    """The actor behind raw ASGI headers (names in lower case), for code below the HTTP framework such as the gateway.

    `is_unsafe`: the request changes something or opens a socket, so a cookie needs an `Origin` of this server.
    Raises `NotSignedIn`, `ForeignOrigin` or `MustChangePassword`. That a session ended is told on the tail:
    `identity.session_revoked`, `org.person_deactivated`, which ends all of a person's, and `identity.password_set`: see
    `living_sessions`.
    """
    return await site.get(Sessions).authenticate_headers(headers, is_unsafe=is_unsafe)


async def living_sessions(site: Site, person: PersonId) -> frozenset[SessionId]:
    """The sessions of a person that nothing has ended: which of them a password ended, the database alone knows. Raises
    `Unavailable`."""
    async with reading(site.pool) as db:
        return frozenset(await open_sessions(db, person))


async def overdue_sessions(site: Site, actors: Iterable[Actor]) -> frozenset[SessionId]:
    """Those of these sessions that ended by time, for what outlives a request. Raises `Unavailable`."""
    return await site.get(Sessions).overdue(actors)
