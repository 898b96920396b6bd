"""The browser client: built files, carried in the package, served with the right caching and a strict CSP.

Hashed assets never change and are cached for a year; `index.html` and the service worker are always asked for again.
"""

from functools import cache
from mimetypes import guess_type
from pathlib import Path
from typing import Any

from litestar import Request, Response, get

from bilin.core.errors import NotFound
from bilin.core.http import PUBLIC, UNCOMPRESSED

PACKED = {**PUBLIC, UNCOMPRESSED: True}
"""Public, and compressed when it was built, not once more on its way out."""
STATIC = Path(__file__).parent / "static"
IMMUTABLE = "public, max-age=31536000, immutable"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
}
NOT_BUILT = (
    "The browser client has not been built: run `make web` in the source folder. "
    "The API works without it (GET /api/openapi.json)."
)


@cache
def _read(name: str) -> bytes | None:
    path = (STATIC / name).resolve()
    return path.read_bytes() if path.is_relative_to(STATIC) and path.is_file() else None


def forget_files() -> None:
    """Read the files anew: they were built again."""
    _read.cache_clear()


def _send(request: Request[Any, Any, Any], name: str, cache_control: str) -> Response[bytes]:
    plain = _read(name)
    if plain is None:
        raise NotFound("There is nothing at this address.")
    headers = {**HEADERS, "cache-control": cache_control, "vary": "accept-encoding"}
    body, packed = plain, _read(f"{name}.gz")
    if packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
        body, headers["content-encoding"] = packed, "gzip"
    return Response(body, headers=headers, media_type=guess_type(name)[0] or "application/octet-stream")


@get("/assets/{path:path}", opt=PACKED, include_in_schema=False)
async def asset(request: Request[Any, Any, Any], path: Path) -> Response[bytes]:
    """A built file with a hash in its name."""
    return _send(request, f"assets/{str(path).lstrip('/')}", IMMUTABLE)


@get(["/", "/{path:path}"], opt=PACKED, include_in_schema=False)
async def page(request: Request[Any, Any, Any], path: Path | None = None) -> Response[bytes]:
    """A file of the client's root, or the client itself for any of its own addresses."""
    name = str(path or "").lstrip("/")
    if name.startswith("api/"):
        raise NotFound("There is nothing at this address.")
    if name and _read(name) is not None:
        return _send(request, name, "no-cache")
    if _read("index.html") is None:
        raise NotFound(NOT_BUILT)
    return _send(request, "index.html", "no-cache")


def client_routes() -> list[Any]:
    """The routes of the browser client; they come after all others."""
    return [asset, page]
