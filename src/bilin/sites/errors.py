"""Errors of sites. Codes are for programs and the client's wording; hints say what an administrator does."""

from bilin.core.errors import BilinError, Unavailable


class SiteUnreachable(Unavailable):
    """The site that must decide or answer cannot be reached."""

    code = "sites.unreachable"
    title = "Another site cannot be reached"
    hint = "Try again when the line is back; `bilin site status` shows which site is cut off."


class NotYours(BilinError):
    """A site asked for what it may not have (yet)."""

    code = "sites.not_yours"
    status = 403
    title = "This is not for that site"
    hint = "Nothing to do: it is asked again when membership or policy says otherwise."


class BadBatch(BilinError):
    """What another site sent is damaged, forged or not for us: nothing of it was taken in."""

    code = "sites.bad_batch"
    status = 400
    title = "A batch from another site was refused"
    hint = "It is fetched again. If it stays so, check the other site's version and disk: `bilin site status` names it."


class VersionsApart(BilinError):
    """The other site runs a program too far from ours."""

    code = "sites.versions_apart"
    status = 409
    title = "The sites' versions are too far apart"
    hint = "Upgrade the older site; versions next to each other understand each other."


class TokenRefused(BilinError):
    """The token is wrong, was used, or is too old."""

    code = "sites.token_refused"
    status = 403
    title = "This token is not good"
    hint = "Ask headquarters for a new one: `bilin site invite NAME`."


class UnknownSite(BilinError):
    """There is no such site, or it was revoked or retired."""

    code = "sites.unknown_site"
    status = 404
    title = "There is no such site"
    hint = "`bilin site status` lists the sites."
