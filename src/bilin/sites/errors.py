"""Errors of sites. Codes are for programs and the client's wording; hints say what an administrator does."""

from bilin.core.errors import BilinError, Conflict, Unavailable


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


class FoundedElsewhere(Conflict):
    """A company was to be founded on a server that is one of several sites."""

    code = "sites.founded_elsewhere"
    title = "This server is a site of a company that was founded elsewhere"
    hint = "Sign in with the login you have in the company; found another company on a server of its own."


class UnitAtHomeElsewhere(Conflict):
    """A unit was to be removed that is at home at another site than the unit above it: two sites own it."""

    code = "sites.unit_at_home_elsewhere"
    title = "The unit has a home of its own"
    hint = "First let it be at home where the unit above it is; then remove it."


class NotAtHome(BilinError):
    """A site asked the owner to do something for somebody who is not at home at that site."""

    code = "sites.not_at_home"
    status = 403
    title = "This has to be done at another site"
    hint = "Sign in at your own site, or at the one named in the details, and do it there."


class Stays(Conflict):
    """People were to be brought into one conversation although policy keeps it at one site."""

    code = "sites.stays"
    title = "Policy keeps these conversations at one site"
    hint = "Only colleagues of the same site can be in them: leave out those named in the details."


class SiteFixed(Conflict):
    """The founding site cannot be revoked or retired: it owns what no other site owns."""

    code = "sites.site_fixed"
    title = "The founding site cannot be revoked or retired"
    hint = "Revoke or retire a branch's site."


class AccessEnded(BilinError):
    """What comes from a site whose access was ended is refused, also what was on its way."""

    code = "sites.access_ended"
    status = 403
    title = "The access of that site was ended"
    hint = "Nothing to do. To let it in again: bilin site invite NAME --site NUMBER"


class TooMuchKeptBack(BilinError):
    """A site sent so much that is not its to say that it is not followed on before an administrator has looked."""

    code = "sites.too_much_kept_back"
    status = 409
    title = "Too much of another site is kept back"
    hint = "Look at it with `bilin site kept-back`, and revoke the site when it was taken over."
