"""What every answer carries, whatever made it (RFC 6797, and the Fetch and CSP specifications)."""

Header = tuple[bytes, bytes]

EVERYWHERE: tuple[Header, ...] = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-frame-options", b"DENY"),
)
NO_PAGE: tuple[Header, ...] = (
    (b"cache-control", b"no-store"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
)
"""Data is nobody's to keep and no page; the files of the client say themselves what they may."""
SECURE: tuple[Header, ...] = ((b"strict-transport-security", b"max-age=31536000; includeSubDomains"),)
"""A browser that came by https once never comes by anything else for a year."""
DATA_PATHS = ("/api", "/health", "/metrics")


def _lines(*headers: Header) -> bytes:
    return b"".join(b"%b: %b\r\n" % header for header in headers)


_API = {False: _lines(*EVERYWHERE, *NO_PAGE), True: _lines(*EVERYWHERE, *NO_PAGE, *SECURE)}
_PAGES = {False: _lines(*EVERYWHERE), True: _lines(*EVERYWHERE, *SECURE)}


def headers_for(path: str, *, is_secure: bool) -> bytes:
    """The headers of the answer to a request, as lines. `path` is the one that routes are looked up by, decoded:
    spelled otherwise on the wire (`/%61pi`, `//api`, `http://host/api`) it is the same."""
    return (_API if f"/{path.lstrip('/')}".startswith(DATA_PATHS) else _PAGES)[is_secure]
