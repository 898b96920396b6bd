"""What goes to servers on other machines is encrypted: an address without TLS is refused, unless a tunnel carries it.

This machine itself (loopback, Unix sockets) is exempt. A setting that holds such an address is declared with
`Meta(extra={"line": True})`; several addresses in one have commas between.
"""

import ipaddress
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from bilin.core.settings.section import Key, Section

ENCRYPTED = {"tls", "wss", "https"}
DATABASES = {"postgresql", "postgres"}
DATABASE_MODES = {"require", "verify-ca", "verify-full"}
"""Of `sslmode`, those with which the driver never falls back to plain text."""
HOW = {"postgresql": "?sslmode=verify-full", "postgres": "?sslmode=verify-full", "nats": "tls://", "http": "https://"}


def plain_lines(declared: Mapping[str, list[Key]], built: Mapping[str, Section]) -> Iterator[str]:
    """What is wrong with the addresses in settings."""
    for name, keys in declared.items():
        for key in keys:
            if key.is_line and (host := plain_host(getattr(built[name], key.field))) is not None:
                how = HOW.get(urlsplit(getattr(built[name], key.field)).scheme, "TLS")
                yield (
                    f"{key.name} leads to {host} without TLS: everybody on the way could read along. "
                    f"Use {how}, or set network.tunnel = true where a tunnel (WireGuard, stunnel) encrypts it."
                )


def plain_host(url: Any) -> str | None:
    """The first host on another machine that is reached without TLS."""
    scheme = urlsplit(url).scheme
    if scheme in DATABASES:
        return _plain_database_host(url)
    addresses = [urlsplit(each.strip()) for each in url.split(",") if each.strip()]
    plain = (each.hostname or "" for each in addresses if each.scheme not in ENCRYPTED)
    return next((host for host in plain if not _is_here(host)), None)


def _plain_database_host(url: str) -> str | None:
    parts, query = urlsplit(url), dict(parse_qsl(urlsplit(url).query))
    if query.get("sslmode") in DATABASE_MODES:
        return None
    places = parts.netloc.rpartition("@")[2] or query.get("host", "")
    hosts = (urlsplit(f"//{place}").hostname or "" if not place.startswith("/") else "" for place in places.split(","))
    return next((host for host in hosts if not _is_here(host)), None)


def _is_here(host: str) -> bool:
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
