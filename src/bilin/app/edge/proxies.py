"""Which proxies are believed when they say where a request comes from: those in the settings, and nobody else."""

import ipaddress
from collections.abc import Sequence

from bilin.core.settings import SettingsError
from bilin.identity import FORWARDED_PROTO, is_https

Headers = Sequence[tuple[bytes, bytes]]
FORWARDED_FOR = b"x-forwarded-for"
PREFIX = b"x-forwarded-"
SAID_BY_PROXIES = frozenset({b"forwarded", b"x-real-ip"})
"""Other headers of the kind; nothing here reads them, and nothing may begin to."""


class Proxies:
    """The addresses in `http.proxies`."""

    def __init__(self, named: Sequence[str]) -> None:
        """Raises `SettingsError` for what is no address and no network."""
        try:
            self._networks = [ipaddress.ip_network(each.strip(), strict=False) for each in named]
        except ValueError as wrong:
            raise SettingsError(f"http.proxies holds addresses and networks, such as 127.0.0.1: {wrong}.") from wrong

    def believes(self, address: str) -> bool:
        """Whether this network address is a proxy of ours."""
        found = _parsed(address) if self._networks else None
        return found is not None and any(found in network for network in self._networks)

    def client_of(self, headers: Headers) -> str | None:
        """Who asked the proxies, as they say: the last address that is none of theirs; None when they do not say."""
        said = b",".join(value for name, value in headers if name == FORWARDED_FOR).decode("latin-1")
        last = None
        for each in reversed(said.split(",")):
            found = _parsed(_without_port(each.strip()))
            if found is None:
                return last
            last = str(found)
            if not any(found in network for network in self._networks):
                return last
        return last


def scheme_of(headers: Headers) -> bytes:
    """How the browser reached the nearest proxy of ours: `http` or `https`; `http` when no proxy of ours says."""
    said = next((value for name, value in reversed(headers) if name == FORWARDED_PROTO), b"")
    return b"https" if is_https(said) else b"http"


def is_said_by_proxies(name: bytes) -> bool:
    """Whether a header (in lower case) says what only a proxy can know."""
    return name.startswith(PREFIX) or name in SAID_BY_PROXIES


def _parsed(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, ipaddress.IPv6Address) else found


def _without_port(text: str) -> str:
    if text.startswith("["):
        return text[1:].partition("]")[0]
    return text.partition(":")[0] if text.count(":") == 1 else text
