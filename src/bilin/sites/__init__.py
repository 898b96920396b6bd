"""Sites: the company's other servers. Who they are, what goes where, following their logs, and speaking with them."""

from bilin.core.module import Module
from bilin.sites import apply, digests, joining, tables
from bilin.sites.model import SITES_MANAGE
from bilin.sites.report import PARTS
from bilin.sites.settings import SitesSettings
from bilin.sites.stays import require_may_meet

module = Module("sites")

__all__ = [
    "PARTS",
    "SITES_MANAGE",
    "SitesSettings",
    "apply",
    "digests",
    "joining",
    "module",
    "require_may_meet",
    "tables",
]
