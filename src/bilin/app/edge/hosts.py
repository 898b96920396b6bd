"""By which names this server may be asked (RFC 9110, section 7.2): a defence against DNS rebinding.

A page elsewhere can make its own name point at this machine; a browser then takes that page for one of ours. It cannot
choose the `Host` that the browser sends. Numeric addresses are nobody's name: they are always let in.
"""

import ipaddress
import socket
from functools import lru_cache
from urllib.parse import urlsplit

from bilin.core.settings import HttpSettings

REMEMBERED = 64


class Hosts:
    """The names of this server."""

    def __init__(self, settings: HttpSettings) -> None:
        own = {"localhost", settings.host, socket.gethostname()}
        origins = [urlsplit(origin.strip().lower()) for origin in settings.origins]
        self._names = {_plain(name) for name in own} | {_plain(each.hostname or "") for each in origins}
        self._secure = {_plain(each.hostname or "") for each in origins if each.scheme == "https"}
        self._secure -= {_plain(each.hostname or "") for each in origins if each.scheme == "http"}
        self.knows = lru_cache(REMEMBERED)(self._knows)
        """Whether a `Host` header, with or without a port, is this server's. Browsers say the same few all the time."""

    def _knows(self, host: bytes) -> bool:
        name = name_of(host)
        return name in self._names or name.endswith(".localhost") or _is_numeric(name)

    def is_secure(self, host: bytes) -> bool:
        """Whether the settings say that people reach this name by https alone."""
        return bool(self._secure) and name_of(host) in self._secure


def name_of(host: bytes) -> str:
    """The name in a `Host` header, without the port and the brackets of IPv6, in lower case."""
    text = host.decode("latin-1").strip().lower()
    if text.startswith("["):
        return text[1:].partition("]")[0]
    name, colon, port = text.rpartition(":")
    return _plain(name if colon and (port.isdigit() or not port) else text)


def _plain(name: str) -> str:
    """As `Host` has it: international names in ASCII (RFC 5891), no dot at the end."""
    name = name.strip().lower().removesuffix(".")
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _is_numeric(name: str) -> bool:
    try:
        ipaddress.ip_address(name.partition("%")[0])
    except ValueError:
        return False
    return True
