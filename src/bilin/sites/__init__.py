"""Sites: the company's other servers. Each room below knows only of those under it:

enrolment: how a server becomes a site   forwarding: what another site decides   health: how the sites are
                    replication: following the logs of others, feeding them this one
                          homes: where units and people are at home
                               registry: which sites there are
"""

from bilin.core.module import Module
from bilin.sites import enrolment
from bilin.sites.enrolment.errors import HasCompany, IsJoining, JoinedAlready, NoLine, TokenRefused
from bilin.sites.enrolment.feature import feature as enrolment_feature
from bilin.sites.forwarding.errors import NotAtHome
from bilin.sites.health.audit_heads import AUDIT, Links
from bilin.sites.health.feature import feature as health_feature
from bilin.sites.health.report import LoginConflict, login_conflicts_here
from bilin.sites.homes.errors import FoundedElsewhere, Stays, UnitAtHomeElsewhere
from bilin.sites.homes.feature import feature as homes_feature
from bilin.sites.homes.home_map import HomeMap, Homes, read_homes
from bilin.sites.homes.may_meet import require_may_meet
from bilin.sites.registry.access import manage_undoing
from bilin.sites.registry.errors import SiteFixed, UnknownSite
from bilin.sites.registry.events import SiteRevoked
from bilin.sites.registry.feature import feature as registry_feature
from bilin.sites.registry.model import SITES_MANAGE
from bilin.sites.registry.settings import SitesSettings
from bilin.sites.replication.audit_head import Head, own_head
from bilin.sites.replication.errors import (
    AccessEnded,
    BadBatch,
    NotYours,
    SiteUnreachable,
    TooMuchKeptBack,
    VersionsApart,
)
from bilin.sites.replication.events import KeptBackSettled
from bilin.sites.replication.feature import feature as replication_feature
from bilin.sites.replication.feed.scope_sites import sites_with
from bilin.sites.replication.missing import sites_missing
from bilin.sites.replication.network import Network
from bilin.sites.replication.peer_state import Peer
from bilin.sites.replication.undo import Since, Undo
from bilin.sites.start import running

module = Module(
    "sites",
    features=(registry_feature, homes_feature, replication_feature, enrolment_feature, health_feature, running),
)

__all__ = [
    "AUDIT",
    "SITES_MANAGE",
    "AccessEnded",
    "BadBatch",
    "FoundedElsewhere",
    "HasCompany",
    "Head",
    "HomeMap",
    "Homes",
    "IsJoining",
    "JoinedAlready",
    "KeptBackSettled",
    "Links",
    "LoginConflict",
    "Network",
    "NoLine",
    "NotAtHome",
    "NotYours",
    "Peer",
    "Since",
    "SiteFixed",
    "SiteRevoked",
    "SiteUnreachable",
    "SitesSettings",
    "Stays",
    "TokenRefused",
    "TooMuchKeptBack",
    "Undo",
    "UnitAtHomeElsewhere",
    "UnknownSite",
    "VersionsApart",
    "enrolment",
    "login_conflicts_here",
    "manage_undoing",
    "module",
    "own_head",
    "read_homes",
    "require_may_meet",
    "sites_missing",
    "sites_with",
]
