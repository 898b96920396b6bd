"""Devices on which somebody signed in before. Guesses made elsewhere never keep them out (OWASP, "Device Cookies").

A device holds a random name and, for each login that signed in on it, a proof that it did: HMAC-SHA256 of both under a
key derived from the key file of the local administrator. Nothing is stored here, and the proof opens nothing: it only
gives guesses on this device a budget of their own.
"""

import hmac
import secrets
from hashlib import sha256

from bilin.core.crypto import read_master_key
from bilin.core.settings import SiteSettings
from bilin.core.site import Site
from bilin.identity.local_access import LOCAL_KEY_FILE

COOKIE_AGE_S = 400 * 86_400
"""As long as browsers keep any cookie."""
MAX_LOGINS = 5
"""People who share a device; of more, those who signed in last are known."""
NAME_CHARS = 16
PROOF_CHARS = 32
MAX_CHARS = NAME_CHARS + MAX_LOGINS * (PROOF_CHARS + 1)


class KnownDevices:
    """Recognises what it gave to a device."""

    def __init__(self, site: Site) -> None:
        key = read_master_key(site.settings[SiteSettings].data_dir / LOCAL_KEY_FILE)
        self._key = hmac.digest(key, b"bilin known devices", "sha256")
        self.cookie = f"bilin_device_{hmac.new(self._key, b'cookie', sha256).hexdigest()[:8]}"
        """Of this site alone: two servers under one host name do not overwrite each other's."""

    def name_of(self, token: str, login: str) -> str | None:
        """The device's name, if this login (folded) signed in on it before."""
        name, proofs = _parts(token)
        proof = self._proof(name, login).encode()
        is_known = [hmac.compare_digest(proof, each.encode()) for each in proofs]
        return name if any(is_known) else None

    def after_sign_in(self, token: str, login: str) -> str:
        """What the device holds from now on."""
        name, proofs = _parts(token)
        proof = self._proof(name, login)
        return ".".join([name, proof, *(each for each in proofs if each != proof)][: MAX_LOGINS + 1])

    def _proof(self, name: str, login: str) -> str:
        return hmac.new(self._key, f"{name} {login}".encode(), sha256).hexdigest()[:PROOF_CHARS]


def _parts(token: str) -> tuple[str, list[str]]:
    """Name and proofs; of what is no token of ours, a new name and none."""
    name, *proofs = token.split(".")
    is_ours = len(token) <= MAX_CHARS and token.isascii() and len(name) == NAME_CHARS
    if is_ours and all(len(proof) == PROOF_CHARS for proof in proofs):
        return name, proofs
    return secrets.token_hex(NAME_CHARS // 2), []
