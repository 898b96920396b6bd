"""The first act on a new server: found a company, or join one. `/api/setup`."""

from typing import Any, Literal

import msgspec
from litestar import Request, Response, get, post

from bilin.core.at_writer import AT_WRITER
from bilin.core.commands import Actor, Context, execute
from bilin.core.database import reading
from bilin.core.errors import Stale
from bilin.core.http import PUBLIC, refuses
from bilin.core.ids import PersonId, SessionId
from bilin.core.site import Site
from bilin.identity.commands.found_company import FoundCompany, found_company
from bilin.identity.errors import AlreadySetUp, ForeignOrigin, SetupCodeWrong
from bilin.identity.known_devices import KnownDevices
from bilin.identity.logins import fold_login
from bilin.identity.routes.browser import OpenedSession, address_of, device_of, refuse_foreign_page, signed_in
from bilin.identity.setup_code import SetupCode
from bilin.identity.sign_in import SignedIn, name_device
from bilin.identity.tokens import digest, new_token
from bilin.org import company
from bilin.sites import (
    FoundedElsewhere,
    HasCompany,
    IsJoining,
    JoinedAlready,
    NoLine,
    TokenRefused,
    VersionsApart,
    enrolment,
)


class SetupBody(msgspec.Struct, frozen=True):
    """The company and its first administrator."""

    company: str
    name: str
    login: str
    password: str
    locale: Literal["zh-CN", "en"] = "zh-CN"
    code: str = ""
    """What the server printed at its start."""


class JoinBody(msgspec.Struct, frozen=True):
    """The token that headquarters made."""

    token: str
    code: str = ""
    """What the server printed at its start."""


class SetupState(msgspec.Struct, frozen=True):
    """Whether this server still has to be set up, and what became of it."""

    needed: bool
    company: str | None
    joining: enrolment.Joining | None
    """How far joining another site has come; null where nothing joins."""


class JoiningBegun(msgspec.Struct, frozen=True):
    """The site that this server becomes. It starts anew with its number meanwhile: ask `GET /api/setup`."""

    site: int
    name: str


@get("/api/setup", opt=PUBLIC | AT_WRITER, tags=["setup"])
async def get_setup(site: Site) -> SetupState:
    """Whether the company still has to be founded, its name when it was, and how far joining another site has come."""
    joiner = site.get(enrolment.Joiner)
    async with reading(site.pool) as db:
        root = await company(db)
        progress = await joiner.progress(db)
    name = None if root is None else root.name
    return SetupState(root is None and not joiner.is_branch, name, progress)


@post(
    "/api/setup",
    opt=PUBLIC | AT_WRITER | refuses(ForeignOrigin, SetupCodeWrong, AlreadySetUp, FoundedElsewhere, IsJoining),
    tags=["setup"],
)
async def post_setup(request: Request[Any, Any, Any], data: SetupBody, site: Site) -> Response[OpenedSession]:
    """Found the company; works once."""
    refuse_foreign_page(request, site)
    await site.get(SetupCode).require(data.code, address_of(request))
    site.get(enrolment.Joiner).require_free()
    token = new_token()
    actor = Actor(PersonId(site.clock.next()), SessionId(site.clock.next()))
    command = FoundCompany(
        company=data.company,
        name=data.name,
        login=data.login,
        password=data.password,
        locale=data.locale,
        token_sha256=digest(token.encode()).hex(),
        device=name_device(device_of(request, "")),
        address=address_of(request),
    )
    try:
        await execute(found_company, command, Context(site, actor))
    except Stale as cause:
        raise AlreadySetUp from cause
    site.get(SetupCode).forget()
    device = site.get(KnownDevices).after_sign_in("", fold_login(data.login))
    return await signed_in(request, site, SignedIn(actor, token, device))


@post(
    "/api/setup/join",
    opt=PUBLIC
    | AT_WRITER
    | refuses(ForeignOrigin, SetupCodeWrong, TokenRefused, HasCompany, JoinedAlready, NoLine, IsJoining, VersionsApart),
    tags=["setup"],
    status_code=202,
)
async def post_join(request: Request[Any, Any, Any], data: JoinBody, site: Site) -> JoiningBegun:
    """Become a site of a company; works on an empty server. `GET /api/setup` tells how far it is."""
    refuse_foreign_page(request, site)
    await site.get(SetupCode).require(data.code, address_of(request))
    pending = await site.get(enrolment.Joiner).begin(data.token)
    return JoiningBegun(pending.site, pending.name)


routes = [get_setup, post_setup, post_join]
