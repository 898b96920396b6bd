"""Who may speak in the account between sites, and of what: docs/developers/sites.md, section 4.

Passwords are HMAC-SHA256 under a key in a file (0600) of the founding site, over the site and its invitation. So there
is nothing to store beside the log's events, nothing secret in the log, and a new invitation is a new password.
"""

import hmac
from collections.abc import Sequence
from hashlib import sha256
from urllib.parse import unquote, urlsplit

import msgspec

from bilin.core.ids import Id

ACCOUNT = "SITES"
"""The account of NATS that carries what sites say to each other."""
LOCAL_USER = "here"
"""The user of a site's own processes in its own NATS; they may say everything there."""


class Access(msgspec.Struct, frozen=True):
    """A user of the account and what it may publish and hear."""

    user: str
    password: str
    publish: tuple[str, ...]
    subscribe: tuple[str, ...]


class AccessKey:
    """Makes the passwords of the founding site."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def of_site(self, site: int, invitation: Id) -> Access:
        """A site that joined with an invitation: its own subjects and no other's."""
        return Access(
            user=f"site-{site}",
            password=self._password("site", site, invitation),
            publish=(  # with > at the end: NATS tells a leaf node of no listener's subject that .* alone would cover
                f"bilin.sites.status.{site}",
                f"bilin.sites.live.{site}.>",
                f"bilin.sites.ask.*.{site}",
                f"bilin.sites.passing.{site}.>",
                "bilin.inbox.>",  # answers: where to is the asker's secret
            ),
            subscribe=(
                "bilin.sites.status.*",
                f"bilin.sites.live.*.{site}",
                f"bilin.sites.ask.{site}.*",
                f"bilin.sites.passing.*.{site}",
                f"bilin.inbox.{site}.>",
            ),
        )

    def of_invitation(self, site: int, invitation: Id) -> Access:
        """An invited server: it may ask to join and hear the answer."""
        return Access(
            user=f"invited-{invitation}",
            password=self._password("invitation", site, invitation),
            publish=(f"bilin.sites.join.{invitation}",),
            subscribe=(f"{inbox_of(invitation)}.>",),
        )

    def _password(self, kind: str, site: int, invitation: Id) -> str:
        said = f"bilin sites\0{kind}\0{site}\0{invitation}"
        return hmac.new(self._key, said.encode(), sha256).hexdigest()


def inbox_of(invitation: int) -> str:
    """Where an invited server hears its answer. Not below its number: a server it replaces may still listen there."""
    return f"bilin.inbox.invited-{invitation}"


def local_line(user: str, password: str) -> str:
    """The line of the site's own processes; nobody comes in with it over the port for other sites."""
    return f'{{user: "{user}", password: "{password}", allowed_connection_types: ["STANDARD"]}}'


def line_of_url(url: str) -> str:
    """The same for whom `sites.nats_url` names."""
    parts = urlsplit(url)
    return local_line(unquote(parts.username or ""), unquote(parts.password or ""))


def account_text(local: str, others: Sequence[Access]) -> str:
    """The account in NATS's syntax, one user a line: a line that went away is an access that ended."""
    lines = [local, *sorted(_line(each) for each in others)]
    return "\n".join([f"{ACCOUNT} {{", "users: [", *lines, "]", "}", ""])


def users_in(text: str) -> set[str]:
    """The lines of users of other sites in an account's text; who was merely invited is among them."""
    return {line for line in text.splitlines() if line.startswith(('{user: "site-', '{user: "invited-'))}


def ended(before: str, after: str) -> bool:
    """Whether a site lost its access between two texts: NATS keeps its connection until it is started again."""
    return any(line.startswith('{user: "site-') for line in users_in(before) - users_in(after))


def _line(access: Access) -> str:
    publish, subscribe = (", ".join(f'"{each}"' for each in part) for part in (access.publish, access.subscribe))
    may = f"publish: [{publish}], subscribe: [{subscribe}]"
    way = 'allowed_connection_types: ["LEAFNODE_WS"]'
    return f'{{user: "{access.user}", password: "{access.password}", {way}, permissions: {{{may}}}}}'
