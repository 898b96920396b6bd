"""The browser client: built files, carried in the package, served with the right caching and a strict CSP.

Hashed assets never change and are cached for a year; `index.html` and the service worker are always asked for again.
All files are read once, at the start: what nobody built costs nothing, however often and by whatever name it is asked.
"""

from collections.abc import Mapping
from mimetypes import guess_type
from pathlib import Path
from typing import Any

import msgspec
from litestar import Request, Response, get

from bilin.core.errors import NotFound
from bilin.core.http import PUBLIC, UNCOMPRESSED

PACKED = {**PUBLIC, UNCOMPRESSED: True}
"""Public, and compressed when it was built, not once more on its way out."""
STATIC = Path(__file__).parent / "static"
IMMUTABLE = "public, max-age=31536000, immutable"
INDEX = "index.html"
CONTENT_SECURITY_POLICY = (
    "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
HEADERS = {
    "content-security-policy": CONTENT_SECURITY_POLICY,
    "permissions-policy": "camera=(self), microphone=(self), display-capture=(self), geolocation=()",
    "vary": "accept-encoding",
}
"""Beside those that the edge puts on every answer (`bilin.app.edge.headers`)."""
NOT_BUILT = (
    "The browser client had not been built when this server started: run `make web` in the source folder, then start "
    "it again. The API works without it (GET /api/openapi.json)."
)


class BuiltFile(msgspec.Struct, frozen=True):
    """One file of the client, in memory."""

    plain: bytes
    packed: Mapping[str, bytes]
    """By content coding (RFC 9110, 8.4.1), the smallest first."""
    media_type: str


ENDINGS = {"br": ".br", "gzip": ".gz"}
"""What the build writes beside a text file (`web/tools/vite/compress.ts`). Browsers take Brotli (RFC 7932) over https
and from their own machine alone."""
BuiltFiles = Mapping[str, BuiltFile]
"""By the path below the server's root: `assets/first-BX2yP0Qd.js`."""


def read_built_files(folder: Path) -> BuiltFiles:
    """All files of a build; none when there is no build."""
    found = {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}
    shown = [name for name in found if not name.startswith(".") and not name.endswith(tuple(ENDINGS.values()))]
    return {
        name: BuiltFile(
            found[name].read_bytes(),
            {coding: found[name + end].read_bytes() for coding, end in ENDINGS.items() if name + end in found},
            guess_type(name)[0] or "application/octet-stream",
        )
        for name in shown
    }


def _send(request: Request[Any, Any, Any], file: BuiltFile, cache_control: str) -> Response[bytes]:
    headers = {**HEADERS, "cache-control": cache_control}
    taken = {name.partition(";")[0].strip() for name in request.headers.get("accept-encoding", "").split(",")}
    body = file.plain
    if (coding := next(filter(taken.__contains__, file.packed), None)) is not None:
        body, headers["content-encoding"] = file.packed[coding], coding
    return Response(body, headers=headers, media_type=file.media_type)


@get("/assets/{path:path}", opt=PACKED, include_in_schema=False)
async def asset(request: Request[Any, Any, Any], path: Path) -> Response[bytes]:
    """A built file with a hash in its name."""
    files: BuiltFiles = request.app.state.client
    file = files.get(f"assets/{str(path).lstrip('/')}")
    if file is None:
        raise NotFound("There is nothing at this address.")
    return _send(request, file, IMMUTABLE)


@get(["/", "/{path:path}"], opt=PACKED, include_in_schema=False)
async def page(request: Request[Any, Any, Any], path: Path | None = None) -> Response[bytes]:
    """A file of the client's root, or the client itself for any of its own addresses."""
    files: BuiltFiles = request.app.state.client
    name = str(path or "").lstrip("/")
    if name == "api" or name.startswith("api/"):
        raise NotFound("There is nothing at this address.")
    file = files.get(name) or files.get(INDEX)
    if file is None:
        raise NotFound(NOT_BUILT)
    return _send(request, file, "no-cache")


routes: list[Any] = [asset, page]
"""The routes of the browser client; they come after all others."""
