"""Who I am, and what I may change of myself: `/api/me`."""

import msgspec
from litestar import get, patch, post

from bilin.core.budgets import cost
from bilin.core.commands import Context, execute
from bilin.core.database import snapshot
from bilin.core.http import Change, answer, refuses
from bilin.core.policies import Policies
from bilin.identity.authentication import BEFORE_CHOOSING, Sessions
from bilin.identity.commands.change_password import ChangePassword, change_password
from bilin.identity.commands.change_preferences import ChangePreferences, change_preferences
from bilin.identity.errors import PasswordExpired, WrongPassword
from bilin.identity.model import Me
from bilin.identity.queries import me_of


class PasswordBody(msgspec.Struct, frozen=True):
    """My present password and the new one."""

    old: str
    new: str


@get("/api/me", opt=BEFORE_CHOOSING, tags=["me"])
async def get_me(ctx: Context) -> Me:
    """Who is signed in, and what they may do."""
    policies = ctx.site.get(Policies)
    await policies.settled()
    async with snapshot(ctx.site.pool) as (db, _):
        return await me_of(db, ctx.actor, policies)


@patch("/api/me/preferences", tags=["me"])
async def patch_preferences(data: ChangePreferences, ctx: Context) -> Change:
    """Change some of my preferences, on all my devices."""
    return answer(await execute(change_preferences, data, ctx))


@post(
    "/api/me/password",
    status_code=200,
    opt=BEFORE_CHOOSING | cost(20) | refuses(WrongPassword, PasswordExpired),
    tags=["me"],
)
async def post_password(data: PasswordBody, ctx: Context) -> Change:
    """Change my password; ends my other sessions."""
    receipt = await execute(change_password, ChangePassword(data.old, data.new), ctx)
    ctx.site.get(Sessions).forget(ctx.person)
    return answer(receipt)


routes = [get_me, patch_preferences, post_password]
