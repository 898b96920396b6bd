"""Sites: the company's other servers. Who they are, what goes where, following their logs, and speaking with them."""

from bilin.core.module import Module
from bilin.sites import apply, digests, joining, tables
from bilin.sites.contact import Peer
from bilin.sites.fetching import sites_missing
from bilin.sites.homes import HomeMap, Homes, read_homes
from bilin.sites.model import SITES_MANAGE
from bilin.sites.network import Network
from bilin.sites.report import PARTS
from bilin.sites.routes import routes
from bilin.sites.settings import SitesSettings
from bilin.sites.start import background, start
from bilin.sites.stays import require_may_meet

module = Module("sites", routes=[*joining.routes, *routes], start=start, background=background)

__all__ = [
    "PARTS",
    "SITES_MANAGE",
    "HomeMap",
    "Homes",
    "Network",
    "Peer",
    "SitesSettings",
    "apply",
    "digests",
    "joining",
    "module",
    "read_homes",
    "require_may_meet",
    "sites_missing",
    "tables",
]
