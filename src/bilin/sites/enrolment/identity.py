"""Which site a data folder is: written once, by joining; and how far the first copy has come."""

import contextlib
import json

import msgspec

from bilin.core.private_files import write_private
from bilin.sites.enrolment.addresses import Credential
from bilin.sites.enrolment.files import SiteFiles
from bilin.sites.enrolment.messages import Joined
from bilin.sites.enrolment.pending import Pending

HEADER = """\
# Which site of the company this folder is: {name}. Written when it joined; the lowest source of settings.
# The number stands in every id this site made: never change it. Where headquarters is may be set elsewhere, too:
# sites.headquarters in bilin.toml or BILIN_SITES_HEADQUARTERS wins. The credential is in keys/headquarters.json.
"""


class Copying(msgspec.Struct, frozen=True):
    """The first copy of headquarters' log, until it is here; `copying.json`."""

    site: int
    name: str
    total: int
    """Where headquarters' log ended when this server joined."""


def become(places: SiteFiles, pending: Pending, joined: Joined) -> None:
    """Write down that this folder is the site. The last file decides: an interruption leaves all or nothing."""
    credential = Credential(joined.user, joined.password, pending.invitation)
    write_private(places.credential, msgspec.json.encode(credential))
    write_private(places.copying, msgspec.json.encode(Copying(joined.site, joined.name, joined.head)))
    addresses = ", ".join(json.dumps(each) for each in pending.addresses)
    name = " ".join(joined.name.split())
    text = f"{HEADER.format(name=name)}node = {joined.site}\n\n[sites]\nheadquarters = [{addresses}]\n"
    write_private(places.identity, text.encode())
    places.joining.unlink(missing_ok=True)
    places.nonce.unlink(missing_ok=True)


def copying_of(places: SiteFiles) -> Copying | None:
    """The first copy while it is not complete."""
    with contextlib.suppress(FileNotFoundError):
        return msgspec.json.decode(places.copying.read_bytes(), type=Copying)
    return None
