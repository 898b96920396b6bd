"""Sites: the company's other servers. Who they are, what goes where, following their logs, and speaking with them."""

from bilin.core.module import Module
from bilin.sites import apply, digests, joining, tables
from bilin.sites.commands.doors import manage_undoing
from bilin.sites.contact import Peer
from bilin.sites.errors import BadBatch
from bilin.sites.events import KeptBackSettled, SiteRevoked
from bilin.sites.fetching import sites_missing
from bilin.sites.heads import AUDIT, Head, Links, provide_head
from bilin.sites.homes import HomeMap, Homes, read_homes
from bilin.sites.model import SITES_MANAGE
from bilin.sites.network import Network
from bilin.sites.report import PARTS
from bilin.sites.routes import routes
from bilin.sites.settings import SitesSettings
from bilin.sites.start import background, start
from bilin.sites.stays import require_may_meet
from bilin.sites.undo import Since, Undo

module = Module("sites", routes=[*joining.routes, *routes], start=start, background=background)

__all__ = [
    "AUDIT",
    "PARTS",
    "SITES_MANAGE",
    "BadBatch",
    "Head",
    "HomeMap",
    "Homes",
    "KeptBackSettled",
    "Links",
    "Network",
    "Peer",
    "Since",
    "SiteRevoked",
    "SitesSettings",
    "Undo",
    "apply",
    "digests",
    "joining",
    "manage_undoing",
    "module",
    "provide_head",
    "read_homes",
    "require_may_meet",
    "sites_missing",
    "tables",
]
