"""Session tokens: 32 random bytes, of which only the SHA-256 is stored, and where a request carries them.

A token is as random as a key, so a plain hash of it cannot be turned back: no salt and no slow hash are needed.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

from bilin.identity.origins import Origins

COOKIE = "bilin_session"
"""How the name of every session cookie begins; servers on one host name each have a name of their own."""
SECURE_PREFIX = "__Host-"
"""A browser takes such a cookie over https alone, from this host alone (RFC 6265bis, section 4.1.3.2)."""
TOKEN_CHARS = 43
FORWARDED_PROTO = b"x-forwarded-proto"
_BEARER = b"bearer "


def new_token() -> str:
    """A token for a new session."""
    return secrets.token_urlsafe(32)


def digest(token: bytes) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token).digest()


class CookieName:
    """What the session cookie of one server is called. Cookies know no ports: without a mark, a second server on the
    same host name would sign everybody out of the first."""

    def __init__(self, mark: str) -> None:
        self.plain = f"{COOKIE}_{mark}"
        self.secure = SECURE_PREFIX + self.plain
        self._names = (self.secure.encode(), self.plain.encode(), COOKIE.encode())
        """In the order in which they count; the last is what servers gave before they had names of their own."""

    def token_in(self, header: bytes, *, is_secure: bool) -> bytes | None:
        """The token in a `Cookie` header. Over https the protected name alone counts: anybody near can set another."""
        pairs = [part.strip().partition(b"=") for part in header.split(b";")]
        given = {name: value.strip(b'"') for name, _, value in reversed(pairs)}  # the first of a name is the one
        names = self._names[:1] if is_secure else self._names
        return next((given[name] for name in names if name in given), None)


@dataclass(slots=True)
class Credentials:
    """What a request says about who sends it."""

    token: bytes | None = None
    is_cookie: bool = False
    origin: bytes | None = None
    host: bytes | None = None
    is_secure: bool = False
    """A proxy of ours says that it came by https; the edge takes that header from nobody else."""


def read_credentials(headers: Iterable[tuple[bytes, bytes]], cookie: CookieName, origins: Origins) -> Credentials:
    """Find the token in raw ASGI headers (names in lower case). A bearer token goes before a cookie. `origins` know
    which hosts people reach by https alone."""
    found, cookies = Credentials(), b""
    for name, value in headers:
        if name == b"cookie":
            cookies = cookies + b";" + value if cookies else value
        elif name == b"authorization":
            if value[:7].lower() == _BEARER:
                found.token = value[7:].strip()
        elif name == b"origin":
            found.origin = value
        elif name == b"host":
            found.host = value
        elif name == FORWARDED_PROTO:
            found.is_secure = is_https(value)
    if found.token is None and cookies:
        found.token = cookie.token_in(cookies, is_secure=origins.is_secure(found.host, is_https=found.is_secure))
        found.is_cookie = found.token is not None
    return found


def is_https(forwarded_proto: bytes) -> bool:
    """What `X-Forwarded-Proto` says of the nearest proxy's other end."""
    return forwarded_proto.rpartition(b",")[2].strip().lower() == b"https"
