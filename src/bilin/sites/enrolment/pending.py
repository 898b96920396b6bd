"""An invitation that is being used: between the token and the answer of headquarters."""

import msgspec

from bilin.core.private_files import read_private_bytes, write_private
from bilin.sites.enrolment.certificates import as_pem
from bilin.sites.enrolment.files import SiteFiles
from bilin.sites.enrolment.token import Token


class Pending(msgspec.Struct, frozen=True):
    """What of a token is kept until headquarters has answered; `keys/joining.json`."""

    addresses: tuple[str, ...]
    site: int
    name: str
    invitation: int
    secret: str
    expires_ms: int

    @property
    def user(self) -> str:
        """The name under which headquarters lets it ask."""
        return f"invited-{self.invitation}"


def begin(places: SiteFiles, token: Token) -> Pending:
    """Remember a token, so that joining goes on whatever happens to this process."""
    pending = Pending(token.addresses, token.site, token.name, token.invitation, token.secret, token.expires_ms)
    write_private(places.trusted, as_pem(token.authority))
    write_private(places.joining, msgspec.json.encode(pending))
    return pending


def pending_invitation(places: SiteFiles) -> Pending | None:
    """The invitation being used; None when there is none."""
    found = read_private_bytes(places.joining)
    return None if found is None else msgspec.json.decode(found, type=Pending)


def give_up(places: SiteFiles) -> None:
    """Forget it: nothing has changed."""
    places.joining.unlink(missing_ok=True)
    if not places.identity.exists():
        places.trusted.unlink(missing_ok=True)
