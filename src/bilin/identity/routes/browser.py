"""What a browser is given at sign-in, and where a request comes from."""

from dataclasses import replace
from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie

from bilin.core.database import reading
from bilin.core.site import Site
from bilin.identity.known_devices import COOKIE_AGE_S, KnownDevices
from bilin.identity.origins import Origins
from bilin.identity.queries import me_of
from bilin.identity.settings import IdentitySettings
from bilin.identity.sign_in import SignedIn
from bilin.identity.tokens import COOKIE

AnyRequest = Request[Any, Any, Any]
MAX_ADDRESS_CHARS = 64


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
        site.get(Origins).require_own(headers[b"origin"], headers.get(b"host"))


async def signed_in(request: AnyRequest, site: Site, opened: SignedIn, *, bearer: bool = False) -> Response[Any]:
    """The answer to a sign-in: with a cookie for a browser, with the token itself for a program."""
    async with reading(site.pool) as db:
        me = await me_of(db, opened.actor)
    body: dict[str, Any] = {"session": opened.actor.session, "me": me}
    if bearer:
        tokens = {"token": opened.token, "device_token": opened.device_token}
        return Response({**body, **tokens}, status_code=201)
    age_s = site.settings[IdentitySettings].session_days * 86_400
    return Response(
        body, status_code=201, cookies=[_cookie(request, opened.token, age_s), _device_cookie(request, site, opened)]
    )


def signed_out(request: AnyRequest, body: Any) -> Response[Any]:
    """An answer that takes the cookie away."""
    return Response(body, status_code=200, cookies=[_cookie(request, "", 0)])


def _cookie(request: AnyRequest, token: str, age_s: int) -> Cookie:
    is_https = request.url.scheme == "https" or request.headers.get("origin", "").startswith("https://")
    return Cookie(COOKIE, "/", token, max_age=age_s, httponly=True, samesite="lax", secure=is_https)


def _device_cookie(request: AnyRequest, site: Site, opened: SignedIn) -> Cookie:
    """It stays when the session ends: the device goes on being known."""
    like = _cookie(request, opened.device_token, COOKIE_AGE_S)
    name = site.get(KnownDevices).cookie
    return replace(like, key=name, path="/api/sessions", samesite="strict")
