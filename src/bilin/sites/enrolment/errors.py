"""Errors of becoming a site."""

from bilin.core.errors import BilinError


class TokenRefused(BilinError):
    """The token is wrong, was used, or is too old."""

    code = "sites.token_refused"
    status = 403
    title = "This token is not good"
    hint = "Ask headquarters for a new one: `bilin site invite NAME`."


class HasCompany(BilinError):
    """A server that has a company of its own was told to join another one."""

    code = "sites.has_company"
    status = 409
    title = "This server has a company already"
    hint = "Join with an empty data folder (BILIN_DATA_DIR=…): two companies are never merged."


class IsJoining(BilinError):
    """Somebody founds a company, or joins another one, on a server that is joining."""

    code = "sites.is_joining"
    status = 409
    title = "This server is joining a company"
    hint = "Wait until it has joined, then sign in with the login you have at headquarters."


class JoinedAlready(BilinError):
    """The data folder is another site of a company."""

    code = "sites.joined_already"
    status = 409
    title = "This server is a site of a company already"
    hint = "Start it without --join. To make it another site, give it an empty data folder."


class NoLine(BilinError):
    """There is no NATS account for what sites say to each other."""

    code = "sites.no_line"
    status = 409
    title = "This server has no line for other sites"
    hint = "With a NATS of your own, set up its account for sites and sites.nats_url: docs/administrators/sites.md."


class TooManySites(BilinError):
    """All numbers were given."""

    code = "sites.too_many"
    status = 409
    title = "There are no more numbers for sites"
    hint = "A company has at most 1,023 sites; the number of a retired one is not given again."
