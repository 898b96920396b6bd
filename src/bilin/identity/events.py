"""The facts of accounts, sessions, grants and preferences."""

from typing import Any, Literal

from msgspec import UNSET, UnsetType, structs

from bilin.core.codec import to_json
from bilin.core.events import Event, Reach, Recorded, additive, event, last_writer, owned
from bilin.core.ids import GrantId, Id, PersonId, SessionId, UnitId
from bilin.core.registers import greatest, least, once, register
from bilin.core.registers import owned as owned_by
from bilin.identity import tables
from bilin.identity.model import account_entity, grants_entity, login_entity, sessions_entity

logins = owned_by(tables.account, ("person",), ("login",), "login_set")
sessions_used = greatest(tables.session, ("id",), "used", ("person",))
sessions_ended = least(tables.session, ("id",), "revoked", ("person", "used"))
"""Used when it began, should the news of its end come first."""
preferred = register(tables.preference, ("person", "field"), ("value",), "set_by")
guests = greatest(tables.guest, ("person", "site"), "admitted")
grants = once(tables.role_grant, ("id",), ("person", "role", "unit"))
grants_ended = least(tables.role_grant, ("id",), "revoked", ("person",))
"""Whose it was, should the news of its end come first."""


@event("identity.account_created", version=1, writes=[logins()])
class AccountCreated(Event, frozen=True, kw_only=True):
    """A person got an account with a login (case-folded, the only one of its kind in this site)."""

    person: PersonId
    login: str

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()

    def bumps(self) -> tuple[int, ...]:
        return (login_entity(self.login), account_entity(self.person))


@event("identity.login_changed", version=1, writes=[logins()])
class LoginChanged(Event, frozen=True, kw_only=True):
    """A person signs in under another login from now on; `old` is free again."""

    person: PersonId
    login: str
    old: str

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()

    def bumps(self) -> tuple[int, ...]:
        return (login_entity(self.login), login_entity(self.old), account_entity(self.person))


@event(
    "identity.password_set",
    version=3,
    merge=last_writer("person"),
    private=("hash", "reset", "again", "keeps", "given"),
)
class PasswordSet(Event, frozen=True, kw_only=True):
    """A password was set; sessions opened with one before it end. What an administrator set counts more than what the
    person made of the password before, even later. `hash` is an Argon2id string (RFC 9106)."""

    person: PersonId
    hash: str
    reset: Id | None = None
    """The password set by an administrator that this one comes from: the person proved themselves with that, or with
    one that came from it. None: an administrator set this one."""
    again: Id | None = None
    """The password that was hashed again, and is still the same. None: it is another one."""
    keeps: SessionId | UnsetType | None = UNSET
    """The session in which it was set, which lives on; None: no session does. Left out: this ends none, as in version
    1, which named all sessions that end."""
    given: bool = False
    """Somebody else knows it, for they gave it: it opens sessions that can do nothing but choose another."""

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()

    def bumps(self) -> tuple[int, ...]:
        return (account_entity(self.person),)


@event("identity.session_opened", version=2, merge=additive(), private=("token_sha256", "password", "reset"))
class SessionOpened(Event, frozen=True, kw_only=True):
    """A person signed in. `token_sha256` (hex) recognises the session's token and cannot be turned back into it."""

    REACH = Reach.PERSON

    session: SessionId
    person: PersonId
    device: str
    address: str
    token_sha256: str
    password: Id | None = None
    """The password with which the person proved themselves, and the one set by an administrator that it comes from.
    None, as in version 1: the one they had at this time."""
    reset: Id | None = None

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.person,)

    def bumps(self) -> tuple[int, ...]:
        return (sessions_entity(self.person),)


@event("identity.session_used", version=1, writes=[sessions_used(id="session")])
class SessionUsed(Event, frozen=True, kw_only=True):
    """A session is in use: noted at most once an hour, so that it does not expire. The event's id is the time."""

    REACH = Reach.PERSON

    session: SessionId
    person: PersonId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()


@event("identity.session_revoked", version=1, writes=[sessions_ended(id="session", used="session")])
class SessionRevoked(Event, frozen=True, kw_only=True):
    """A session ended: signed out, revoked from another device, or ended with a password or an account."""

    REACH = Reach.PERSON

    session: SessionId
    person: PersonId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.person,)


def _told(_: object, record: Recorded[Any]) -> list[tuple[str, str]]:
    """The preferences that an event changes, as they are stored."""
    said = structs.asdict(record.event).items()
    return [(field, to_json(value).decode()) for field, value in said if value is not UNSET]


@event(
    "identity.preferences_changed",
    version=1,
    merge=last_writer("actor", "field"),
    writes=[preferred.each(("field", "value"), _told, person="actor")],
)
class PreferencesChanged(Event, frozen=True, kw_only=True):
    """The actor changed some of their own preferences; what did not change is left out."""

    locale: Literal["zh-CN", "en"] | UnsetType = UNSET
    theme: Literal["system", "light", "dark"] | UnsetType = UNSET
    send_key: Literal["enter", "ctrl_enter"] | UnsetType = UNSET
    density: Literal["comfortable", "compact"] | UnsetType = UNSET
    text_scale: int | UnsetType = UNSET
    notify: Literal["all", "mentions", "nothing"] | UnsetType = UNSET
    notify_sound: bool | UnsetType = UNSET
    quiet_until: int | UnsetType = UNSET

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return () if actor is None else (actor,)


@event("identity.grant_given", version=1, merge=owned("unit"), writes=[grants(id="grant")])
class GrantGiven(Event, frozen=True, kw_only=True):
    """A person got a role over a unit and everything below it."""

    grant: GrantId
    person: PersonId
    role: str
    unit: UnitId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.person,)

    def bumps(self) -> tuple[int, ...]:
        return (grants_entity(self.person),)


@event("identity.grant_revoked", version=1, merge=owned("unit"), writes=[grants_ended(id="grant")])
class GrantRevoked(Event, frozen=True, kw_only=True):
    """A role was taken back."""

    grant: GrantId
    person: PersonId

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return (self.person,)

    def bumps(self) -> tuple[int, ...]:
        return (grants_entity(self.person),)


@event("identity.guest_admitted", version=1, writes=[guests()])
class GuestAdmitted(Event, frozen=True, kw_only=True):
    """A person proved with their password, to the site they are at home at (or the founding one), that they are at
    another: what they do there is believed from now on."""

    person: PersonId
    site: int

    def topics(self, actor: PersonId | None) -> tuple[int, ...]:
        return ()
