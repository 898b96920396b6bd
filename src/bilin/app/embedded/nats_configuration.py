"""What the embedded NATS is told: two accounts, and the way to other sites when there is one.

`LOCAL` is the bus of this site. `SITES` carries what sites say to each other (docs/developers/sites.md, section 4):
the founding site listens for leaf nodes over WebSocket and TLS, a branch dials it. Only `SITES` crosses that line.
"""

from collections.abc import Sequence
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import msgspec

from bilin.sites import enrolment

HOST = "127.0.0.1"
LOCAL_ACCOUNT = "LOCAL"
BUS_USER = "bilin"
PING_S, PINGS_UNANSWERED = 2, 3
"""A line that drops packets closes no connection, and TCP asks again ever more seldom (RFC 6298, section 5.5). After
some eight seconds without an answer the connection is given up, and the branch dials every second: after a cut of 20 s
the line is used again 5 s after it is back, and without this after 25 s."""
PING_ALONE_S = 30
"""Without a line to other sites there are only our own processes, on the loopback."""


class Listening(msgspec.Struct, frozen=True):
    """Where other sites reach this one, and what it shows them."""

    host: str
    port: int
    certificate: Path
    key: Path


class Dialling(msgspec.Struct, frozen=True):
    """How this site reaches headquarters."""

    addresses: tuple[str, ...]
    """host:port, tried in turn."""
    user: str
    password: str
    trusted: Path
    """The authority (PEM) that must have signed what headquarters shows."""
    proxy: str = ""
    """http://[user:password@]host:port, or straight."""


class Lines(msgspec.Struct, frozen=True):
    """The lines to other sites; nothing of either kind on a site that is alone."""

    listening: Listening | None = None
    dialling: Dialling | None = None


def configuration(port: int, password: str, account: Path, leaf_port: int, lines: Lines) -> str:
    """The text of the configuration file. `account` holds the users of the account between sites."""
    parts = [
        f'listen: "{HOST}:{port}"',
        f"server_name: bilin-{leaf_port}-{port}",
        "max_payload: 8MB",
        "max_pending: 64MB",
        'write_deadline: "5s"',
        f'ping_interval: "{PING_S if lines != Lines() else PING_ALONE_S}s"',
        f"ping_max: {PINGS_UNANSWERED}",
        "accounts {",
        f"  {LOCAL_ACCOUNT} {{ users: [ {enrolment.local_line(BUS_USER, password)} ] }}",
        f"  include {_text(account.name)}",
        "}",
        *_listening(lines.listening, leaf_port),
        *_dialling(lines.dialling),
    ]
    return "\n".join(parts) + "\n"


def _listening(own: Listening | None, leaf_port: int) -> Sequence[str]:
    """Leaf nodes come in through the WebSocket port; the plain one that NATS insists on stays on the loopback."""
    if own is None:
        return ()
    tls = f'tls {{ cert_file: {_text(own.certificate)}, key_file: {_text(own.key)}, min_version: "1.3" }}'
    return (
        f'leafnodes {{ listen: "{HOST}:{leaf_port}", no_advertise: true }}',
        f"websocket {{ listen: {_text(f'{own.host}:{own.port}')}, {tls}, compression: false }}",
    )


def _dialling(own: Dialling | None) -> Sequence[str]:
    if own is None:
        return ()
    urls = ", ".join(_text(f"wss://{own.user}:{quote(own.password)}@{address}") for address in own.addresses)
    remote = f"urls: [{urls}], no_randomize: true, account: SITES, tls {{ ca_file: {_text(own.trusted)} }}"
    return (f'leafnodes {{ no_advertise: true, reconnect: "1s", remotes: [ {{ {remote}{_proxy(own.proxy)} }} ] }}',)


def _proxy(url: str) -> str:
    if not url:
        return ""
    parts = urlsplit(url)
    name, password = unquote(parts.username or ""), unquote(parts.password or "")
    user = f", username: {_text(name)}, password: {_text(password)}" if name else ""
    place = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    return f", proxy {{ url: {_text(place)}{user}, timeout: 10s }}"


def _text(value: object) -> str:
    """A quoted string; the syntax knows backslashes."""
    return '"' + str(value).replace("\\", "\\\\").replace('"', '\\"') + '"'
