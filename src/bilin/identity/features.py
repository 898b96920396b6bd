"""What identity brings to the house."""

from bilin.core.module import FIRST_QUESTIONS, Feature
from bilin.identity.apply import apply_password_set, apply_session_opened
from bilin.identity.claims import IdentityKnowledge
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
from bilin.identity.finding import PEOPLE
from bilin.identity.model import AUDIT_READ, IDENTITY_GRANT
from bilin.identity.queries import login_conflicts
from bilin.identity.routes import routes
from bilin.identity.settings import POLICIES, IdentitySettings
from bilin.identity.start import start
from bilin.identity.tables import account, guest, preference, role_grant, session
from bilin.identity.undoing import IdentityUndoing
from bilin.sites import login_conflicts_here

accounts = Feature(
    name="accounts, sessions and grants",
    none=FIRST_QUESTIONS - {"policies", "searchable"},
    policies=POLICIES,
    searchable=(PEOPLE,),
    events=(
        AccountCreated,
        LoginChanged,
        PasswordSet,
        SessionOpened,
        SessionUsed,
        SessionRevoked,
        GuestAdmitted,
        GrantGiven,
        GrantRevoked,
        PreferencesChanged,
    ),
    appliers=(apply_password_set, apply_session_opened),
    tables=(account, session, role_grant, preference, guest),
    permissions={
        IDENTITY_GRANT: "Give and revoke roles",
        AUDIT_READ: "Read and verify the audit log",
    },
    settings=(IdentitySettings,),
    claims=IdentityKnowledge,
    undoing=IdentityUndoing,
    ports={login_conflicts_here: login_conflicts},
    routes=routes,
    start=start,
)
