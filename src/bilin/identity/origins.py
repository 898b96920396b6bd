"""Which pages may use the session cookie: those of this server, told by the `Origin` header (RFC 6454).

A browser sends the cookie along with requests that other sites make, but it also says truthfully where they come from.
"""

from bilin.core.settings import HttpSettings
from bilin.identity.errors import ForeignOrigin


class Origins:
    """Compares an `Origin` with the `Host` the request was sent to, and with the addresses in the settings."""

    def __init__(self, settings: HttpSettings) -> None:
        self._allowed = frozenset(origin.strip().rstrip("/").lower().encode() for origin in settings.origins)

    def is_secure(self, host: bytes | None, *, is_https: bool = False) -> bool:
        """Whether people reach this host by https: a proxy of ours says so, or the settings know no other way to it."""
        if is_https or not host:
            return is_https
        host = host.lower()
        return b"https://" + host in self._allowed and b"http://" + host not in self._allowed

    def is_own(self, origin: bytes | None, host: bytes | None, *, is_https: bool = False) -> bool:
        """Whether a page of this origin belongs to this server: same scheme, same host, or named in the settings."""
        if not origin:
            return False
        origin = origin.lower()
        if origin in self._allowed:
            return True
        scheme = b"https://" if self.is_secure(host, is_https=is_https) else b"http://"
        return bool(host) and origin == scheme + (host or b"").lower()

    def require_own(self, origin: bytes | None, host: bytes | None, *, is_https: bool = False) -> None:
        """Raises `ForeignOrigin`, also when there is no origin at all."""
        if not self.is_own(origin, host, is_https=is_https):
            given = "none" if not origin else origin.decode("latin-1")[:200]
            asked = "none" if not host else host.decode("latin-1")[:200]
            raise ForeignOrigin(origin=given, host=asked)
