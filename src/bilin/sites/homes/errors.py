"""Errors of homes and of what leaves them."""

from collections.abc import Sequence

from bilin.core.errors import Conflict
from bilin.core.ids import PersonId, UnitId


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
    unit: UnitId
    site: int


class Stays(Conflict):
    """People were to be brought into one conversation although policy keeps it at one site."""

    code = "sites.stays"
    title = "Policy keeps these conversations at one site"
    hint = "Only colleagues of the same site can be in them: leave out those named in the details."
    people: Sequence[PersonId]
