"""Identity owns who may sign in and what they may do: accounts, sessions, grants, and personal preferences.

It knows people and units through org. What needs both a person and an account (a new colleague with a login, a
deactivation that ends sessions) is decided here, in one decision.
"""

from bilin.core.module import Module
from bilin.identity.authentication import authenticate_headers, living_sessions, overdue_sessions
from bilin.identity.commands.colleagues import AddColleague, add_colleague
from bilin.identity.errors import ForeignOrigin, MustChangePassword, NotSignedIn
from bilin.identity.events import (
    AccountCreated,
    GrantGiven,
    GrantRevoked,
    GuestAdmitted,
    PasswordSet,
    PreferencesChanged,
    SessionOpened,
    SessionRevoked,
)
from bilin.identity.features import accounts
from bilin.identity.local_access import LOCAL_ACTOR, LOCAL_ADMINISTRATOR, local_token
from bilin.identity.model import AUDIT_READ, IDENTITY_GRANT, ROLES, Grant, Held, Me, Preferences
from bilin.identity.passwords import hash_password
from bilin.identity.queries import me_of
from bilin.identity.settings import IdentitySettings
from bilin.identity.setup_code import printed_setup_code
from bilin.identity.tokens import COOKIE, FORWARDED_PROTO, is_https

__all__ = [
    "AUDIT_READ",
    "COOKIE",
    "FORWARDED_PROTO",
    "IDENTITY_GRANT",
    "LOCAL_ACTOR",
    "LOCAL_ADMINISTRATOR",
    "ROLES",
    "AccountCreated",
    "AddColleague",
    "ForeignOrigin",
    "Grant",
    "GrantGiven",
    "GrantRevoked",
    "GuestAdmitted",
    "Held",
    "IdentitySettings",
    "Me",
    "MustChangePassword",
    "NotSignedIn",
    "PasswordSet",
    "Preferences",
    "PreferencesChanged",
    "SessionOpened",
    "SessionRevoked",
    "add_colleague",
    "authenticate_headers",
    "hash_password",
    "is_https",
    "living_sessions",
    "local_token",
    "me_of",
    "module",
    "overdue_sessions",
    "printed_setup_code",
]

module = Module("identity", features=(accounts,))
