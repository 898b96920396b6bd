"""Accounts, sessions, roles and preferences as others see them, and the rules on them."""

from collections.abc import Mapping
from typing import Annotated, Literal

import msgspec

from bilin.core.ids import GrantId, Id, PersonId, SessionId, UnitId, derived_id
from bilin.core.policies import POLICIES_MANAGE, Value
from bilin.org import ORG_MANAGE, Language, PersonCard
from bilin.sites import SITES_MANAGE

IDENTITY_GRANT = "identity.grant"
AUDIT_READ = "governance.audit"

ROLES: Mapping[str, frozenset[str]] = {
    "admin": frozenset({ORG_MANAGE, IDENTITY_GRANT, AUDIT_READ, SITES_MANAGE, POLICIES_MANAGE}),
    "org_admin": frozenset({ORG_MANAGE}),
    "auditor": frozenset({AUDIT_READ}),
}
"""Named sets of permissions. A role is given to a person over a unit, and holds for everything below it."""


LATEST_MS = 253_402_300_799_000
"""The last moment of the year 9999, ms since 1970: what is set to it ends when somebody ends it."""


def login_entity(login: str) -> int:
    """Entity: who has this login; guards that it is given once."""
    return derived_id("identity.login", login)


def grants_entity(person: PersonId) -> int:
    """Entity: the roles of a person; a decision that rests on them expects its version."""
    return derived_id("identity.grants", person)


def sessions_entity(person: PersonId) -> int:
    """Entity: the sessions of a person; bumped when one is opened, so that whatever ends all of them misses none."""
    return derived_id("identity.sessions", person)


def account_entity(person: PersonId) -> int:
    """Entity: the account of a person: login and password."""
    return derived_id("identity.account", person)


class Proof(msgspec.Struct, frozen=True):
    """Which password it is. Of two the greater one counts, first by `reset`: an administrator's word goes before what
    was made, at another site, of the password it replaced (docs/decisions/0015)."""

    reset: Id
    """The id of the event in which an administrator set it, or one that it comes from."""
    password: Id
    """The id of the event that set it."""


class Account(msgspec.Struct, frozen=True):
    """What somebody signs in with. It never leaves this module."""

    person: PersonId
    login: str
    password: str | None
    """Argon2id string; None while there is no password yet."""
    proof: Proof
    given: Proof
    """The last one that somebody else gave."""

    @property
    def must_change(self) -> bool:
        """Whether the password is one that somebody else gave, and knows."""
        return self.password is not None and self.proof == self.given


class Grant(msgspec.Struct, frozen=True):
    """A role of a person over a unit and everything below it."""

    id: GrantId
    person: PersonId
    role: str
    unit: UnitId

    @property
    def permissions(self) -> frozenset[str]:
        """What the role allows; nothing for a role this program does not know."""
        return ROLES.get(self.role, frozenset())


class HeldGrant(Grant, frozen=True):
    """A grant as it is seen from a unit: given there or below, or inherited, that is given above it."""

    inherited: bool


class SessionView(msgspec.Struct, frozen=True):
    """One of my sign-ins. `created` and `last_used` are ids, which are times."""

    id: SessionId
    current: bool
    device: str
    address: str
    created: SessionId
    last_used: SessionId


class Preferences(msgspec.Struct, frozen=True):
    """How a person wants the program to look and behave, on all their devices."""

    locale: Language | None = None
    """None: never chosen. Then that of the unit counts, else that of the device."""
    theme: Literal["system", "light", "dark"] = "system"
    send_key: Literal["enter", "ctrl_enter"] = "enter"
    density: Literal["comfortable", "compact"] = "comfortable"
    text_scale: Annotated[int, msgspec.Meta(ge=90, le=130)] = 100
    notify: Literal["all", "mentions", "nothing"] = "all"
    """What calls a person who looks elsewhere; "mentions": what is said to them alone and what names them."""
    notify_sound: bool = False
    quiet_until: Annotated[int, msgspec.Meta(ge=0, le=LATEST_MS)] = 0
    """Nothing calls before (ms since 1970)."""


class Held(msgspec.Struct, frozen=True):
    """A permission somebody holds over a unit and everything below it."""

    permission: str
    unit: UnitId


class Me(msgspec.Struct, frozen=True):
    """Who is signed in, and what they may do."""

    person: PersonCard
    login: str
    permissions: tuple[Held, ...]
    preferences: Preferences
    session: SessionId
    policies: dict[str, Value]
    """What holds for the person, by name: `messaging.recall_window_s`."""
    unit_locale: Language | None = None
    """The language that an administrator set for where they work."""
    must_change_password: bool = False
    """The session was opened with a password that somebody else gave: it can do nothing but choose another."""
