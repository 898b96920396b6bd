"""Identity owns who may sign in and what they may do: accounts, sessions, grants, and personal preferences.

It knows people and units through org. What needs both a person and an account (a new colleague with a login, a
deactivation that ends sessions) is decided here, in one decision.
"""

from bilin.core.module import Module
from bilin.identity import apply
from bilin.identity.events import GrantGiven, GrantRevoked, PreferencesChanged, SessionOpened, SessionRevoked
from bilin.identity.model import Grant, Held, Me, Preferences
from bilin.identity.settings import IdentitySettings

__all__ = [
    "Grant",
    "GrantGiven",
    "GrantRevoked",
    "Held",
    "IdentitySettings",
    "Me",
    "Preferences",
    "PreferencesChanged",
    "SessionOpened",
    "SessionRevoked",
    "apply",
    "module",
]

module = Module("identity")
