"""Errors of the registry. Codes are for programs and the client's wording; hints say what an administrator does."""

from bilin.core.errors import BilinError, Conflict


class UnknownSite(BilinError):
    """There is no such site, or it was revoked or retired."""

    code = "sites.unknown_site"
    status = 404
    title = "There is no such site"
    hint = "`bilin site status` lists the sites."
    site: int | None = None


class SiteFixed(Conflict):
    """The founding site cannot be revoked or retired: it owns what no other site owns."""

    code = "sites.site_fixed"
    title = "The founding site cannot be revoked or retired"
    hint = "Revoke or retire a branch's site."
    site: int | None = None
