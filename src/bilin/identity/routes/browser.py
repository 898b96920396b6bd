"""What a browser is given at sign-in, and where a request comes from."""

from dataclasses import replace
from typing import Any

import msgspec
from litestar import Request, Response
from litestar.datastructures import Cookie

from bilin.core.database import reading
from bilin.core.http import Change
from bilin.core.ids import SessionId
from bilin.core.policies import Policies
from bilin.core.site import Site
from bilin.identity.authentication import Sessions
from bilin.identity.known_devices import COOKIE_AGE_S, KnownDevices
from bilin.identity.model import Me
from bilin.identity.origins import Origins
from bilin.identity.queries import me_of
from bilin.identity.session_life import idle_s
from bilin.identity.sign_in import SignedIn

AnyRequest = Request[Any, Any, Any]
MAX_ADDRESS_CHARS = 64


class OpenedSession(msgspec.Struct, frozen=True):
    """A session was opened. A program that asked for it gets tokens; browsers have cookies."""

    session: SessionId
    me: Me
    token: str | msgspec.UnsetType = msgspec.UNSET
    device_token: str | msgspec.UnsetType = msgspec.UNSET
    """Sent along with the next sign-in, it makes the program known as a device: guesses made elsewhere do not keep it
    out."""


def address_of(request: AnyRequest) -> str:
    """The network address of the other end; behind a trusted proxy, what the proxy says."""
    return request.client.host[:MAX_ADDRESS_CHARS] if request.client else ""


def device_of(request: AnyRequest, given: str) -> str:
    """The name of the device: what the client says, else what the browser says of itself."""
    return given or request.headers.get("user-agent", "")


def refuse_foreign_page(request: AnyRequest, site: Site) -> None:
    """A page of another site may not sign a browser in or found a company; programs send no `Origin`."""
    headers = dict(request.scope["headers"])
    if b"origin" in headers:
        https = _came_by_https(request)
        site.get(Origins).require_own(headers[b"origin"], headers.get(b"host"), is_https=https)


async def signed_in(
    request: AnyRequest, site: Site, opened: SignedIn, *, bearer: bool = False
) -> Response[OpenedSession]:
    """The answer to a sign-in: with a cookie for a browser, with the token itself for a program."""
    async with reading(site.pool) as db:
        me = await me_of(db, opened.actor, site.get(Policies))
    if bearer:
        return Response(OpenedSession(opened.actor.session, me, opened.token, opened.device_token), status_code=201)
    age_s = int(idle_s(site, opened.actor.person))
    return Response(
        OpenedSession(opened.actor.session, me),
        status_code=201,
        cookies=[_cookie(request, site, opened.token, age_s), _device_cookie(request, site, opened)],
    )


def signed_out(request: AnyRequest, site: Site, body: Change) -> Response[Change]:
    """An answer that takes the cookie away."""
    return Response(body, status_code=200, cookies=[_cookie(request, site, "", 0)])


def _cookie(request: AnyRequest, site: Site, token: str, age_s: int) -> Cookie:
    name = site.get(Sessions).cookie
    secure = _is_secure(request, site)
    key = name.secure if secure else name.plain
    return Cookie(key, "/", token, max_age=age_s, httponly=True, samesite="lax", secure=secure)


def _device_cookie(request: AnyRequest, site: Site, opened: SignedIn) -> Cookie:
    """It stays when the session ends: the device goes on being known."""
    like = _cookie(request, site, opened.device_token, COOKIE_AGE_S)
    name = site.get(KnownDevices).cookie
    return replace(like, key=name, path="/api/sessions", samesite="strict")


def _is_secure(request: AnyRequest, site: Site) -> bool:
    """Whether the browser came by https: its own page says so (which was checked), a proxy of ours, or the settings."""
    headers = dict(request.scope["headers"])
    if b"origin" in headers:
        return headers[b"origin"].lower().startswith(b"https://")
    return site.get(Origins).is_secure(headers.get(b"host"), is_https=_came_by_https(request))


def _came_by_https(request: AnyRequest) -> bool:
    """The edge has put the scheme there, from a proxy of ours."""
    return request.scope["scheme"] == "https"
