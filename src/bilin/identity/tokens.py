"""Session tokens: 32 random bytes, of which only the SHA-256 is stored, and where a request carries them.

A token is as random as a key, so a plain hash of it cannot be turned back: no salt and no slow hash are needed.
"""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass

COOKIE = "bilin_session"
TOKEN_CHARS = 43
_COOKIE_START = f"{COOKIE}=".encode()
_BEARER = b"bearer "


def new_token() -> str:
    """A token for a new session."""
    return secrets.token_urlsafe(32)


def digest(token: bytes) -> bytes:
    """What is stored of a token."""
    return hashlib.sha256(token).digest()


@dataclass(slots=True)
class Credentials:
    """What a request says about who sends it."""

    token: bytes | None = None
    is_cookie: bool = False
    origin: bytes | None = None
    host: bytes | None = None


def read_credentials(headers: Iterable[tuple[bytes, bytes]]) -> Credentials:
    """Find the token in raw ASGI headers (names in lower case). A bearer token goes before a cookie."""
    found = Credentials()
    for name, value in headers:
        if name == b"cookie":
            if found.token is None and (token := _from_cookie(value)) is not None:
                found.token, found.is_cookie = token, True
        elif name == b"authorization":
            if value[:7].lower() == _BEARER:
                found.token, found.is_cookie = value[7:].strip(), False
        elif name == b"origin":
            found.origin = value
        elif name == b"host":
            found.host = value
    return found


def _from_cookie(header: bytes) -> bytes | None:
    for part in header.split(b";"):
        pair = part.strip()
        if pair.startswith(_COOKIE_START):
            return pair[len(_COOKIE_START) :].strip(b'"')
    return None
