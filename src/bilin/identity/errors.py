"""Errors of identity."""

from bilin.core.errors import BilinError, Conflict, Forbidden, NotFound
from bilin.core.ids import GrantId, PersonId, SessionId, UnitId
from bilin.core.reasons import Reason


class NotSignedIn(BilinError):
    """No session, or one that has ended."""

    code = "identity.not_signed_in"
    status = 401
    title = "You are not signed in"
    hint = "Sign in: POST /api/sessions."


class WrongCredentials(BilinError):
    """Login or password is wrong. Which of the two is not told, and takes the same time."""

    code = "identity.wrong_credentials"
    status = 401
    title = "Login or password is wrong"
    hint = "Check both; an administrator can set a new password."


class WrongPassword(Forbidden):
    """The present password, asked for again before something important, is wrong."""

    code = "identity.wrong_password"
    title = "The present password is wrong"
    hint = "Type the password you signed in with."


class AccountInactive(Forbidden):
    """The password is right, but the person was deactivated."""

    code = "identity.account_inactive"
    title = "This account was deactivated"
    hint = "Ask an administrator to reactivate it."


class MustChangePassword(Forbidden):
    """The session was opened with a password that somebody else gave, and knows."""

    code = "identity.must_change_password"
    title = "Choose a password of your own first"
    hint = "POST /api/me/password; until then this session can do nothing else."


class PasswordExpired(Forbidden):
    """The password is right, but it was given too long ago and never replaced."""

    code = "identity.password_expired"
    title = "This first password has expired"
    hint = "Ask an administrator for a new one."


class ForeignOrigin(Forbidden):
    """A browser sent the session cookie along with a request made by a page of another site."""

    code = "identity.foreign_origin"
    title = "This request does not come from a page of this server"
    hint = "Open Bilin at its own address. Behind a proxy, add that address to http.origins."
    origin: str
    host: str


class Taken(Reason, frozen=True, tag="taken"):
    """A login that somebody has."""

    text = "Somebody has this login already"


class LoginTaken(Conflict):
    """Somebody has this login already."""

    code = "identity.login_taken"
    title = "Somebody has this login already"
    hint = "Choose another login."
    login: str
    reasons: dict[str, Reason]


class AlreadySetUp(Conflict):
    """The company was founded already; that happens once."""

    code = "identity.already_set_up"
    title = "This server has been set up already"
    hint = "Sign in, or ask an administrator for an account."


class SetupCodeWrong(Forbidden):
    """A server without a company asks for the code that it printed when it started."""

    code = "identity.setup_code_wrong"
    title = "The set-up code is wrong"
    hint = "It stands in the lines that the server printed at its start, and in keys/setup.code of its data folder."


class SessionNotFound(NotFound):
    """I have no such session."""

    code = "identity.session_not_found"
    title = "You have no such session"
    hint = "It may have ended already: fetch the list again."
    session: SessionId | None = None


class GrantNotFound(NotFound):
    """There is no such grant, or it was revoked."""

    code = "identity.grant_not_found"
    title = "There is no such grant"
    hint = "It may have been revoked already: fetch the list again."
    grant: GrantId


class GrantExists(Conflict):
    """The person has this role over this unit already."""

    code = "identity.grant_exists"
    title = "The person has this role here already"
    hint = "Nothing needs to be done."


class OwnGrant(Conflict):
    """Nobody revokes their own role: so somebody who can give it back always remains."""

    code = "identity.own_grant"
    title = "You cannot revoke your own role"
    hint = "Ask another administrator."


class AboveYou(Forbidden):
    """Giving, or taking over, more than one holds oneself would be a way around the roles."""

    code = "identity.above_you"
    title = "This reaches further than what you may do yourself"
    hint = "Ask somebody who holds at least the same roles over the same units."
    person: PersonId | None = None
    role: str | None = None
    unit: UnitId | None = None


class NotSetUp(Conflict):
    """There is no company yet."""

    code = "identity.not_set_up"
    title = "The company has not been founded yet"
    hint = "Open Bilin in the browser and set it up first."
