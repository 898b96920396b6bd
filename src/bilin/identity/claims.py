"""Which facts of accounts, sessions and roles another site may write: those of its own people, of guests who have
proven to be there, and of roles over its own units."""

from collections.abc import Mapping, Sequence
from typing import ClassVar

from msgspec import UNSET

from bilin.core.claims import (
    FOR_EVER,
    NEVER,
    NOT_ALLOWED,
    NOT_AT_HOME,
    STRANGER,
    TAKEN,
    UNHEARD_OF,
    Claim,
    Knowledge,
    Limits,
    Rule,
    Rules,
)
from bilin.core.database import Connection
from bilin.core.events import Event
from bilin.core.ids import SessionId, UnitId, site_of
from bilin.core.ownership import FOUNDER
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
from bilin.identity.limits import LIMITS
from bilin.identity.local_access import LOCAL_ADMINISTRATOR
from bilin.identity.model import ROLES

SELECT_GUESTS = """
SELECT w.person, w.site, greatest(g.admitted, w.left_at) AS admitted, coalesce(a.proof[2], 0) AS password,
       coalesce(s.revoked, 0) AS revoked
  FROM unnest($1::bigint[], $2::smallint[], $3::bigint[]) AS w(person, site, left_at)
  LEFT JOIN identity.guest g USING (person, site) LEFT JOIN identity.account a USING (person)
  LEFT JOIN sites.site s ON s.number = w.site"""
SELECT_ROLES = "SELECT id, person, role, unit FROM identity.role_grant WHERE person = ANY($1::bigint[])"
SELECT_SESSIONS = "SELECT id, person FROM identity.session WHERE id = ANY($1::bigint[]) AND token_sha256 IS NOT NULL"
SELECT_GRANTS = "SELECT id, person, role, unit FROM identity.role_grant WHERE id = ANY($1::bigint[])"


def guest_until(site: int, admitted: int, password: int, revoked: int) -> int:
    """Until when a guest speaks through a site: until they set another password, unless they did that there; not at all
    when the site's access ended since. Who was at home there once stays a guest in the same way: their sessions do."""
    if admitted <= max(revoked, 0):
        return NEVER
    return FOR_EVER if password <= admitted or site_of(password) == site else password


class IdentityKnowledge(Knowledge):
    """Who is a guest where, who holds which role, and whose sessions are whose."""

    async def read(self, db: Connection, claims: Sequence[Claim]) -> None:
        hearing = self.hearing
        hearing.everywhere.add(LOCAL_ADMINISTRATOR)
        asked = {(person, each.site) for each in claims for person in _people_of(each)}
        left = {pair: until for pair in asked if (until := hearing.places.person_until(*pair)) != FOR_EVER}
        if left:
            rows = await db.fetch(SELECT_GUESTS, *map(list, zip(*left, strict=True)), list(left.values()))
            hearing.guests.update({(row["person"], row["site"]): guest_until(*list(row)[1:]) for row in rows})
        away = {person for person, _ in left}
        givers = {int(each.actor) for each in claims if isinstance(each.event, GrantGiven) and each.actor is not None}
        self._roles: dict[int, list[tuple[str, int]]] = {}
        if away or givers:
            for row in await db.fetch(SELECT_ROLES, list(away | givers)):
                if row["unit"] is None:
                    continue  # it was taken back before it was heard that it was given
                hearing.officers.setdefault(row["person"], set()).add(row["unit"])
                self._roles.setdefault(row["person"], []).append((row["role"], row["unit"]))
        named = [each.event.grant for each in claims if isinstance(each.event, GrantGiven | GrantRevoked)]
        rows = await db.fetch(SELECT_GRANTS, named) if named else []
        self._grants = {row["id"]: (row["person"], row["role"], row["unit"]) for row in rows if row["unit"] is not None}
        spoken = [int(session) for each in claims if (session := _session_of(each.event)) is not None]
        rows = await db.fetch(SELECT_SESSIONS, spoken) if spoken else []
        self._sessions = {row["id"]: row["person"] for row in rows}

    def learn(self, claim: Claim) -> None:
        event = claim.event
        if isinstance(event, GrantGiven):
            self._grants[event.grant] = (event.person, event.role, event.unit)
            self._roles.setdefault(event.person, []).append((event.role, event.unit))
            self.hearing.officers.setdefault(event.person, set()).add(event.unit)
        elif isinstance(event, SessionOpened):
            self._sessions[event.session] = event.person
        elif isinstance(event, GuestAdmitted):
            self.hearing.guests[event.person, event.site] = FOR_EVER

    def _account(self, claim: Claim) -> str | None:
        if not self.hearing.has_person(claim, claim.event.person):
            return NOT_AT_HOME
        unit = self.hearing.places.unit_of(claim.event.person)
        return None if self.hearing.may_decide(claim, unit) else NOT_ALLOWED

    def _password(self, claim: Claim) -> str | None:
        """An administrator's is the home's; one's own may be set wherever one has proven to be."""
        event: PasswordSet = claim.event
        if not self._is_of(claim, event.person):
            return UNHEARD_OF
        if event.reset is None or event.person != claim.actor:
            return self._account(claim)
        return None if self.hearing.may_act(claim) else STRANGER

    def _session(self, claim: Claim) -> str | None:
        event: SessionOpened | SessionUsed = claim.event
        if site_of(event.session) != claim.site:
            return TAKEN
        return None if self.hearing.is_there(claim, event.person) else STRANGER

    def _session_revoked(self, claim: Claim) -> str | None:
        """Sessions that were opened there, and those of its people and guests anywhere."""
        event: SessionRevoked = claim.event
        if site_of(event.session) == claim.site:
            return None
        if not self.hearing.is_there(claim, event.person):
            return NOT_AT_HOME
        return None if self._is_of(claim, event.person) else UNHEARD_OF

    def _is_of(self, claim: Claim, person: int) -> bool:
        """Whether the session that is spoken of, if any, was opened at that site, or by that person: whose it is, is
        not what the claim says."""
        session = _session_of(claim.event)
        return session is None or site_of(session) == claim.site or self._sessions.get(session) == person

    def _preferences(self, claim: Claim) -> str | None:
        return None if self.hearing.may_act(claim) else STRANGER

    def _oneself(self, claim: Claim) -> str | None:
        """A person says it of themselves, where they are at home or a guest."""
        return NOT_ALLOWED if claim.event.person != claim.actor else self._preferences(claim)

    def _grant_given(self, claim: Claim) -> str | None:
        event: GrantGiven = claim.event
        told = (event.person, event.role, event.unit)
        if site_of(event.grant) != claim.site or self._grants.get(event.grant, told) != told:
            return TAKEN
        if not self.hearing.has_unit(claim, event.unit):
            return NOT_AT_HOME
        return None if self._may_give(claim, event.role, event.unit) else NOT_ALLOWED

    def _may_give(self, claim: Claim, role: str, unit: UnitId) -> bool:
        """Whether the author holds, or held, all that the role allows over the unit."""
        if claim.actor is None or claim.actor in self.hearing.everywhere:
            return True
        above = set(self.hearing.places.above(unit))
        own = self._roles.get(claim.actor, ())
        held = {permission for name, over in own if over in above for permission in ROLES.get(name, ())}
        return ROLES.get(role, frozenset()) <= held and bool(held)

    def _grant_revoked(self, claim: Claim) -> str | None:
        event: GrantRevoked = claim.event
        _, _, unit = self._grants.get(event.grant, (None, None, None))
        if unit is None:
            return UNHEARD_OF
        if not self.hearing.has_unit(claim, UnitId(unit)):
            return NOT_AT_HOME
        return None if self.hearing.may_decide(claim, UnitId(unit)) else NOT_ALLOWED

    def _guest(self, claim: Claim) -> str | None:
        """Only the home of a person says that they have proven to be elsewhere."""
        event: GuestAdmitted = claim.event
        return None if event.site != FOUNDER and self.hearing.has_person(claim, event.person) else NOT_AT_HOME

    LIMITS: ClassVar[Limits] = LIMITS
    RULES: ClassVar[Rules] = {
        AccountCreated: _account,
        LoginChanged: _account,
        PasswordSet: _password,
        SessionOpened: _session,
        SessionUsed: _session,
        SessionRevoked: _session_revoked,
        PreferencesChanged: _preferences,
        GrantGiven: _grant_given,
        GrantRevoked: _grant_revoked,
        GuestAdmitted: _guest,
    }
    NAMED: ClassVar[Mapping[str, Rule]] = {"oneself": _oneself}


def _session_of(event: Event) -> SessionId | None:
    """Which session lives on, or ends, with an event."""
    if isinstance(event, SessionRevoked):
        return event.session
    if isinstance(event, PasswordSet) and event.keeps is not UNSET:
        return event.keeps
    return None


def _people_of(claim: Claim) -> set[int]:
    """The author, and whose session or password it is."""
    people = {claim.actor, getattr(claim.event, "person", None)}
    return {int(person) for person in people if person is not None and person != LOCAL_ADMINISTRATOR}
