"""Sites: the company's other servers. Who they are, what goes where, following their logs, and speaking with them."""

from bilin.core.module import Module
from bilin.sites import apply, digests, joining, tables
from bilin.sites.conflicts import LoginConflict, LoginConflicts
from bilin.sites.model import SITES_MANAGE
from bilin.sites.settings import SitesSettings
from bilin.sites.stays import require_may_meet

module = Module("sites")

__all__ = [
    "SITES_MANAGE",
    "LoginConflict",
    "LoginConflicts",
    "SitesSettings",
    "apply",
    "digests",
    "joining",
    "module",
    "require_may_meet",
    "tables",
]
