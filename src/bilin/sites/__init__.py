"""Sites: the company's other servers. Who they are, what goes where, following their logs, and speaking with them."""

from bilin.core.module import Module
from bilin.sites import apply, digests, joining, tables
from bilin.sites.settings import SitesSettings

module = Module("sites")

__all__ = ["SitesSettings", "apply", "digests", "joining", "module", "tables"]
