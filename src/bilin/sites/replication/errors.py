"""Errors of following other sites and of speaking with them."""

from bilin.core.errors import BilinError, Unavailable


class SiteUnreachable(Unavailable):
    """The site that must decide or answer cannot be reached."""

    code = "sites.unreachable"
    title = "Another site cannot be reached"
    hint = "Try again when the line is back; `bilin site status` shows which site is cut off."
    site: int | None = None
    name: str | None = None


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
    here: int | None = None
    there: int | None = None


class AccessEnded(BilinError):
    """What comes from a site whose access was ended is refused, also what was on its way."""

    code = "sites.access_ended"
    status = 403
    title = "The access of that site was ended"
    hint = "Nothing to do. To let it in again: bilin site invite NAME --site NUMBER"
    site: int | None = None


class TooMuchKeptBack(BilinError):
    """A site sent so much that is not its to say that it is not followed on before an administrator has looked."""

    code = "sites.too_much_kept_back"
    status = 409
    title = "Too much of another site is kept back"
    hint = "Look at it with `bilin site kept-back`, and revoke the site when it was taken over."
    site: int
