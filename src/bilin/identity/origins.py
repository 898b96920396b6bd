"""Which pages may use the session cookie: those of this server, told by the `Origin` header (RFC 6454).

A browser sends the cookie along with requests that other sites make, but it also says truthfully where they come from.
"""

from bilin.core.settings import HttpSettings
from bilin.identity.errors import ForeignOrigin


class Origins:
    """Compares an `Origin` with the `Host` the request was sent to, and with the addresses in the settings."""

    def __init__(self, settings: HttpSettings) -> None:
        self._allowed = frozenset(origin.strip().rstrip("/").lower().encode() for origin in settings.origins)

    def is_own(self, origin: bytes | None, host: bytes | None) -> bool:
        """Whether a page of this origin belongs to this server."""
        if not origin:
            return False
        origin = origin.lower()
        scheme, _, place = origin.partition(b"://")
        return (scheme in (b"http", b"https") and place == (host or b"").lower() != b"") or origin in self._allowed

    def require_own(self, origin: bytes | None, host: bytes | None) -> None:
        """Raises `ForeignOrigin`, also when there is no origin at all."""
        if not self.is_own(origin, host):
            given = "none" if not origin else origin.decode("latin-1")[:200]
            raise ForeignOrigin(details={"origin": given})
