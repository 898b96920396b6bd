"""Sites: the company's other servers. Each room below knows only of those under it:

enrolment: how a server becomes a site   forwarding: what another site decides   health: how the sites are
                    replication: following the logs of others, feeding them this one
                          homes: where units and people are at home
                               registry: which sites there are
"""

from bilin.core.module import Module
from bilin.sites import enrolment
from bilin.sites.enrolment.routes import routes as enrolment_routes
from bilin.sites.health import tables as _heads  # noqa: F401 (the schema needs them known)
from bilin.sites.health.audit_heads import AUDIT, Links
from bilin.sites.health.report import PARTS
from bilin.sites.health.routes import routes as health_routes
from bilin.sites.health.verifying.routes import routes as verify_routes
from bilin.sites.homes import digests as _homes  # noqa: F401 (registers)
from bilin.sites.homes.home_map import HomeMap, Homes, read_homes
from bilin.sites.homes.may_meet import require_may_meet
from bilin.sites.homes.routes import routes as home_routes
from bilin.sites.registry import digests as _sites  # noqa: F401 (registers)
from bilin.sites.registry.access import manage_undoing
from bilin.sites.registry.events import SiteRevoked
from bilin.sites.registry.model import SITES_MANAGE
from bilin.sites.registry.routes import routes as site_routes
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.replication import apply as _apply  # noqa: F401 (registers)
from bilin.sites.replication import digests as _replication  # noqa: F401 (registers)
from bilin.sites.replication.audit_head import Head, provide_head
from bilin.sites.replication.contact import Peer
from bilin.sites.replication.errors import BadBatch
from bilin.sites.replication.events import KeptBackSettled
from bilin.sites.replication.missing import sites_missing
from bilin.sites.replication.network import Network
from bilin.sites.replication.routes import routes as kept_back_routes
from bilin.sites.replication.undo import Since, Undo
from bilin.sites.start import background, start

module = Module(
    "sites",
    routes=[*enrolment_routes, *health_routes, *verify_routes, *home_routes, *site_routes, *kept_back_routes],
    start=start,
    background=background,
)

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
    "enrolment",
    "manage_undoing",
    "module",
    "provide_head",
    "read_homes",
    "require_may_meet",
    "sites_missing",
]
