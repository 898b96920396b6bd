"""Access for commands that run on the server's own machine, such as `bilin org import`.

Whoever can read the key file (0600, in the data folder) can read everything of the site anyway; with it a command
makes a token that is good for one minute and acts as the local administrator, who holds every permission over the
whole company. The log and the audit show this actor, so what was done this way is told apart from what people did.
"""

import hmac
import time
from hashlib import sha256
from pathlib import Path

from bilin.core.commands import Actor
from bilin.core.crypto import read_master_key
from bilin.core.errors import BilinError
from bilin.core.ids import PersonId, SessionId, derived_id
from bilin.core.settings import Settings, SiteSettings
from bilin.core.site import Site
from bilin.identity.errors import NotSignedIn
from bilin.identity.outcomes import note

LOCAL_KEY_FILE = Path("keys/local.key")
LOCAL_PREFIX = b"local."
TOKEN_LIFE_S = 60
LOCAL_ADMINISTRATOR = PersonId(derived_id("identity.local_administrator"))
LOCAL_ACTOR = Actor(LOCAL_ADMINISTRATOR, SessionId(derived_id("identity.local_session")))


class LocalKeyUnreadable(BilinError):
    """The command cannot read the key of the local administrator."""

    code = "identity.local_key_unreadable"
    status = 500
    title = "The server's local key cannot be read"
    hint = "Start the server once; then run this command as the same user and with the same settings (data_dir)."


def local_token(settings: Settings) -> str:
    """A bearer token for the server of this data folder. Raises `LocalKeyUnreadable`."""
    path = _path(settings)
    try:
        path.stat()
        key = read_master_key(path)
    except OSError as cause:
        raise LocalKeyUnreadable(f"{path} cannot be read: {cause.strerror}.") from cause
    expires = str(int(time.time()) + TOKEN_LIFE_S).encode()
    return (LOCAL_PREFIX + expires + b"." + _sign(key, expires)).decode()


class LocalAccess:
    """Recognises local tokens; makes the key file when there is none yet."""

    def __init__(self, site: Site) -> None:
        self._key = read_master_key(_path(site.settings))

    @property
    def mark(self) -> str:
        """A short public name that no other data folder has."""
        return hmac.new(self._key, b"bilin mark of the folder", sha256).hexdigest()[:8]

    def actor_of(self, token: bytes) -> Actor:
        """The local administrator. Raises `NotSignedIn` when the token was made with another key, or is too old."""
        _, _, signed = token.partition(b".")
        expires, _, signature = signed.partition(b".")
        if not hmac.compare_digest(_sign(self._key, expires), signature) or int(expires) < time.time():
            note("wrong_local_token")
            raise NotSignedIn
        return LOCAL_ACTOR


def _path(settings: Settings) -> Path:
    return settings[SiteSettings].data_dir / LOCAL_KEY_FILE


def _sign(key: bytes, expires: bytes) -> bytes:
    return hmac.new(key, b"bilin local access\0" + expires, sha256).hexdigest().encode()
