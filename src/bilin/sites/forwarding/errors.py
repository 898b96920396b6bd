"""Errors of forwarding."""

from bilin.core.errors import BilinError


class NotAtHome(BilinError):
    """A site asked the owner to do something for somebody who is not at home at that site."""

    code = "sites.not_at_home"
    status = 403
    title = "This has to be done at another site"
    hint = "Sign in at your own site, or at the one named in the details, and do it there."
    site: int
