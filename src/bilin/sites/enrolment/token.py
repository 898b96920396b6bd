"""The token of an invitation: everything a new server needs to find headquarters, trust it and be let in, once."""

import base64
from hashlib import sha256

import msgspec

from bilin.core.ids import wall_ms
from bilin.sites.enrolment.certificates import as_pem
from bilin.sites.enrolment.errors import TokenRefused
from bilin.sites.registry.settings import MAX_LIFE_S

PREFIX = "bilin-site-"
VERSION = 1
CHECK_BYTES = 4
MAX_CHARS = 8_000
CLOCKS_APART_MS = 86_400_000
"""The clock of a new server may be wrong by a day: then it still joins."""


class Token(msgspec.Struct, frozen=True, array_like=True):
    """What it says. Whoever has it can join as this site until it was used or is too old: treat it as a password."""

    version: int
    addresses: tuple[str, ...]
    """host:port where headquarters listens for other sites, tried in turn."""
    authority: bytes
    """The certificate (DER) that must have signed what headquarters shows."""
    site: int
    name: str
    invitation: int
    secret: str
    expires_ms: int
    """Unix milliseconds."""


def write_token(token: Token) -> str:
    """As text: a prefix by which people know it, then base64url of the content and four bytes that tell damage."""
    content = msgspec.msgpack.encode(token)
    return PREFIX + base64.urlsafe_b64encode(_check(content) + content).decode().rstrip("=")


def read_token(text: str) -> Token:
    """The token in a text, however the terminal broke its lines. Raises `TokenRefused` when it is damaged."""
    text = "".join(text.split())
    if not text.startswith(PREFIX) or len(text) > MAX_CHARS:
        raise TokenRefused(f"This is no token of an invitation: those begin with {PREFIX}")
    body = text[len(PREFIX) :]
    try:
        data = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
        content = data[CHECK_BYTES:]
        if _check(content) != data[:CHECK_BYTES]:
            raise TokenRefused("The token is damaged: it was not copied from the first character to the last.")
        return _checked(msgspec.msgpack.decode(content, type=Token))
    except (ValueError, msgspec.DecodeError) as damaged:
        raise TokenRefused("The token is damaged: it was not copied from the first character to the last.") from damaged


def _checked(token: Token) -> Token:
    if token.version != VERSION:
        raise TokenRefused(f"The token is of version {token.version}; this program reads version {VERSION}.")
    try:
        as_pem(token.authority)
    except ValueError as cause:
        raise TokenRefused("The token holds no certificate.") from cause
    if not token.addresses or not 2 <= token.site <= 1023:
        raise TokenRefused("The token names no headquarters or no site.")
    if token.expires_ms > wall_ms() + MAX_LIFE_S * 1000 + CLOCKS_APART_MS:
        raise TokenRefused("The token would be good for longer than headquarters makes any.")
    return token


def _check(content: bytes) -> bytes:
    return sha256(b"bilin token\0" + content).digest()[:CHECK_BYTES]
