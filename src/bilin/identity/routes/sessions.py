"""Signing in and out, and the list of my sessions: `/api/sessions`."""

from typing import Any

import msgspec
import structlog
from litestar import Request, Response, delete, get, post

from bilin.core.codec import read_id
from bilin.core.commands import Actor, Context, execute
from bilin.core.database import reading
from bilin.core.errors import BilinError
from bilin.core.http import PUBLIC, Change, answer, refuses
from bilin.core.ids import SessionId
from bilin.core.live import live
from bilin.core.policies import policy_of
from bilin.core.site import Site
from bilin.identity.authentication import BEFORE_CHOOSING, Sessions
from bilin.identity.commands.end_sessions import RevokeSession, revoke_session
from bilin.identity.errors import (
    AccountInactive,
    ForeignOrigin,
    NotSetUp,
    PasswordExpired,
    SessionNotFound,
    WrongCredentials,
)
from bilin.identity.events import PasswordSet, SessionOpened, SessionRevoked
from bilin.identity.known_devices import KnownDevices
from bilin.identity.model import SessionView
from bilin.identity.queries import sessions_of
from bilin.identity.routes.browser import (
    OpenedSession,
    address_of,
    device_of,
    refuse_foreign_page,
    signed_in,
    signed_out,
)
from bilin.identity.settings import SESSION_IDLE, SESSION_LIFE
from bilin.identity.sign_in import SignIn
from bilin.sites import SiteUnreachable

logger = structlog.get_logger(__name__)

CURRENT = "current"


class SignInBody(msgspec.Struct, frozen=True):
    """Login and password. A program asks for a token with `bearer`; a browser gets a cookie. `device_token`: what a
    program was given with its last one."""

    login: str
    password: str
    device: str = ""
    bearer: bool = False
    device_token: str = ""


@post(
    "/api/sessions",
    opt=PUBLIC | refuses(ForeignOrigin, WrongCredentials, AccountInactive, PasswordExpired, NotSetUp, SiteUnreachable),
    tags=["sessions"],
)
async def post_session(request: Request[Any, Any, Any], data: SignInBody, site: Site) -> Response[OpenedSession]:
    """Sign in. The session that this browser had before ends: nobody could sign out of it any more."""
    refuse_foreign_page(request, site)
    device = device_of(request, data.device)
    before = None if data.bearer else await site.get(Sessions).of_cookie(request.scope["headers"])
    known = data.device_token or request.cookies.get(site.get(KnownDevices).cookie, "")
    opened = await site.get(SignIn).sign_in(data.login, data.password, device, address_of(request), known)
    if before is not None:
        await _end(before, site)
    return await signed_in(request, site, opened, bearer=data.bearer)


async def _end(actor: Actor, site: Site) -> None:
    try:
        await execute(revoke_session, RevokeSession(actor.session), Context(site, actor))
    except BilinError as refused:  # it may have ended meanwhile; who signs in must not be kept out by it
        logger.warning("identity.old_session_stays", code=refused.code, session=actor.session)
    site.get(Sessions).forget(actor.person, actor.session)


class SessionList(msgspec.Struct, frozen=True):
    """Sign-ins that have not ended."""

    sessions: list[SessionView]


@get(
    "/api/sessions",
    tags=["sessions"],
    **live(SessionOpened.TYPE.name, SessionRevoked.TYPE.name, PasswordSet.TYPE.name),
)
async def list_sessions(ctx: Context) -> SessionList:
    """My sessions that have not ended, last used first."""
    async with reading(ctx.site.pool) as db:
        stored = await sessions_of(db, ctx.actor, policy_of(ctx, SESSION_IDLE), policy_of(ctx, SESSION_LIFE))
    live = ctx.site.get(Sessions).last_used(ctx.person)
    exact = [msgspec.structs.replace(s, last_used=max(s.last_used, live.get(s.id, s.last_used))) for s in stored]
    return SessionList(sorted(exact, key=lambda session: session.last_used, reverse=True))


@delete(
    "/api/sessions/{session:str}", status_code=200, opt=BEFORE_CHOOSING | refuses(SessionNotFound), tags=["sessions"]
)
async def delete_session(request: Request[Any, Any, Any], session: str, ctx: Context) -> Response[Change]:
    """End one of my sessions; `current` for this one."""
    chosen = ctx.actor.session if session == CURRENT else _session_id(session)
    receipt = await execute(revoke_session, RevokeSession(chosen), ctx)
    ctx.site.get(Sessions).forget(ctx.person, chosen)
    body = answer(receipt)
    return signed_out(request, ctx.site, body) if chosen == ctx.actor.session else Response(body, status_code=200)


def _session_id(text: str) -> SessionId:
    try:
        return SessionId(read_id(text))
    except ValueError as cause:
        raise SessionNotFound from cause


routes = [post_session, list_sessions, delete_session]
