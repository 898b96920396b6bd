"""Change my password; it ends my other sessions, wherever they are."""

import msgspec

from bilin.core.commands import Context
from bilin.core.database import snapshot, versions
from bilin.core.errors import Invalid
from bilin.core.fields import checked
from bilin.core.log import Decision, Expect
from bilin.core.policies import policy_of
from bilin.core.reasons import Reason
from bilin.identity.commands.end_sessions import end_all
from bilin.identity.errors import WrongPassword
from bilin.identity.events import PasswordSet
from bilin.identity.given_passwords import refuse_expired
from bilin.identity.model import account_entity
from bilin.identity.password_rules import check_password, normal
from bilin.identity.passwords import Passwords
from bilin.identity.queries import account_of, names_of
from bilin.identity.settings import PASSWORD_LENGTH
from bilin.identity.sign_in import SignIn


class SameAsGiven(Reason, frozen=True, tag="same_as_given"):
    """The password that somebody else gave is to be replaced by another one."""

    text = "is the one that was given"


class ChangePassword(msgspec.Struct, frozen=True):
    """Replace my present password, which is asked for again, by a new one."""

    old: str
    new: str


async def change_password(command: ChangePassword, ctx: Context) -> Decision:
    """Raises `WrongPassword`, `PasswordExpired`, `Invalid` for a new one that is too weak, `TooMany` after many wrong
    ones."""
    passwords = ctx.site.get(Passwords)
    async with snapshot(ctx.site.pool) as (db, _):
        account = await account_of(db, ctx.person)
        own = await names_of(db, ctx.person)
        ended, no_other = await end_all(db, ctx.person, keep=ctx.actor.session)
        version = await versions(db, [account_entity(ctx.person)])
    new = checked("new", lambda text: check_password(text, own, policy_of(ctx, PASSWORD_LENGTH)), command.new)
    is_right = await ctx.site.get(SignIn).is_own_password(account, command.old, ctx.actor.session)
    if account is None or not is_right:
        raise WrongPassword
    refuse_expired(ctx.site, account)
    if account.must_change and normal(new) == normal(command.old):
        raise Invalid(reasons={"new": SameAsGiven()})
    hashed = await passwords.hash(new)
    changed = PasswordSet(person=ctx.person, hash=hashed, reset=account.proof.reset, keeps=ctx.actor.session)
    return Decision([changed, *ended], [no_other, *(Expect(*pair) for pair in version.items())])
