"""Where headquarters listens for other sites, and how a site dials it."""

import contextlib
import socket

import msgspec

from bilin.core.private_files import read_private_bytes
from bilin.core.settings import Settings, SettingsError
from bilin.sites.enrolment.files import files_of
from bilin.sites.registry.settings import SitesSettings

DEFAULT_LISTEN = "0.0.0.0:7420"
ANYWHERE = ("0.0.0.0", "::", "")  # noqa: S104 (recognised, not listened on)
ALWAYS = ("localhost", "127.0.0.1")
OUTSIDE = ("192.0.2.1", 9)
"""An address that is nobody's (RFC 5737): asked only which of our own addresses would be used to go there."""


class Credential(msgspec.Struct, frozen=True):
    """With what a branch is let in at headquarters; `keys/headquarters.json`."""

    user: str
    password: str
    invitation: int


def split_address(address: str) -> tuple[str, int]:
    """Host and port of ``host:port`` (IPv6 in brackets). Raises `SettingsError`."""
    host, _, port = address.strip().rpartition(":")
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65_536:
        raise SettingsError(f"sites.listen, sites.address and sites.headquarters are host:port, not {address!r}.")
    return host.strip("[]"), int(port)


def listen_address(settings: Settings) -> tuple[str, int]:
    """Where the founding site listens. Raises `SettingsError`."""
    return split_address(settings[SitesSettings].listen or DEFAULT_LISTEN)


def dial_addresses(settings: Settings) -> tuple[str, ...]:
    """Where branches reach this site: what the settings say, else this machine's own name and address."""
    named = tuple(each.strip() for each in settings[SitesSettings].address.split(",") if each.strip())
    if named:
        return named
    host, port = listen_address(settings)
    hosts = _own_hosts() if host in ANYWHERE else [host]
    return tuple(f"[{each}]:{port}" if ":" in each else f"{each}:{port}" for each in hosts)


def certified_hosts(settings: Settings) -> set[str]:
    """Whatever a branch may have in its address for this site."""
    return {*ALWAYS, *_own_hosts(), *(split_address(each)[0] for each in dial_addresses(settings))}


def saved_credential(settings: Settings) -> Credential | None:
    """The credential of a branch that has joined; None elsewhere."""
    found = read_private_bytes(files_of(settings).credential)
    return None if found is None else msgspec.json.decode(found, type=Credential)


def _own_hosts() -> list[str]:
    """The address by which this machine goes out, then its name."""
    hosts = []
    with contextlib.suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.connect(OUTSIDE)  # UDP: nothing is sent
        hosts.append(str(probe.getsockname()[0]))
    return list(dict.fromkeys([*hosts, socket.gethostname()]))
